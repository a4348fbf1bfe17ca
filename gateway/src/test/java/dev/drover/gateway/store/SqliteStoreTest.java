package dev.drover.gateway.store;

import dev.drover.gateway.record.AuditLogContract;
import dev.drover.gateway.record.ChangesContract;
import dev.drover.gateway.record.ReceiptsContract;
import dev.drover.gateway.record.RecordsContract;
import dev.drover.gateway.record.RoomContract;
import dev.drover.gateway.record.StoreUnderTest;
import dev.drover.gateway.record.WorkContract;
import org.junit.jupiter.api.Nested;

/** The embedded store keeps the contract of stores. */
final class SqliteStoreTest {
    @Nested
    final class WithRecords extends RecordsContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }

    @Nested
    final class WithReceipts extends ReceiptsContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }

    @Nested
    final class WithChanges extends ChangesContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }

    @Nested
    final class WithTheAuditLog extends AuditLogContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }

    @Nested
    final class WithRoom extends RoomContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }

    @Nested
    final class WithWork extends WorkContract {
        @Override
        protected StoreUnderTest open() {
            return TestStore.create();
        }
    }
}
