package dev.drover.gateway.store;

import dev.drover.gateway.record.RecordsContract;
import dev.drover.gateway.record.StoreUnderTest;
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
}
