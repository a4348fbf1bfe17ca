package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A full disk refuses what it cannot hold; what was acknowledged stays, and room makes it work. */
final class FullDiskTest {
    private static final int BODY = 20_000;

    /** A database that may not grow: SQLite says the same then as when the disk is full. */
    private static final class LimitedFile extends SqliteFile {
        private volatile int maxPages = 200;

        LimitedFile(Path path) {
            super(path);
        }

        @Override
        Connection openWriter() throws SQLException {
            Connection connection = super.openWriter();
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = " + maxPages);
            }
            return connection;
        }
    }

    @Test
    void whatWasAcknowledgedStaysAndRoomMakesWritingWorkAgain() {
        Path directory = StoreDirectory.create();
        LimitedFile file = new LimitedFile(directory.resolve("drover.db"));
        try (SqliteStore store = open(directory, file)) {
            fillUntilRefused(store, () -> file.maxPages = 100_000);
        } finally {
            StoreDirectory.delete(directory);
        }
    }

    @Test
    void theSameOnADiskThatIsReallyFull() throws Exception {
        Path disk = StoreDirectory.create();
        assumeTrue(
                Commands.succeeds(
                        "mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
                "needs the right to mount");
        try {
            Path ballast = Files.write(disk.resolve("of somebody else"), new byte[2_000_000]);
            try (SqliteStore store = SqliteStore.open(StoreSettings.in(disk.resolve("store")))) {
                fillUntilRefused(
                        store,
                        () -> {
                            try {
                                Files.delete(ballast);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
            }
        } finally {
            assertThat(Commands.succeeds("umount", disk.toString())).isTrue();
            StoreDirectory.delete(disk);
        }
    }

    @Test
    void oneThatIsTooLargeDoesNotTakeOthersOfItsTransactionAlong() throws Exception {
        Path directory = StoreDirectory.create();
        LimitedFile file = new LimitedFile(directory.resolve("drover.db"));
        try (SqliteStore store = open(directory, file);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
            CountDownLatch go = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ByteString body = Commits.body(i == 10 ? 2_000_000 : 100);
                String name = "projects/" + i;
                running.add(
                        callers.submit(() -> {
                            go.await();
                            try {
                                store.commit(Commits.create(name, body), Commits.T0);
                            } catch (GatewayException e) {
                                refused.add(name);
                            }
                            return null;
                        }));
            }
            go.countDown();
            for (Future<?> one : running) {
                one.get();
            }

            assertThat(refused).containsExactly("projects/10");
            assertThat(store.list("Project", "", "", 100)).hasSize(19);
            assertThat(AuditVerification.of(store, checked -> {}).intact()).isTrue();
        } finally {
            StoreDirectory.delete(directory);
        }
    }

    private static void fillUntilRefused(SqliteStore store, Runnable makeRoom) {
        int acknowledged = 0;
        GatewayException refusal = null;
        while (refusal == null) {
            assertThat(acknowledged).as("the disk never became full").isLessThan(1000);
            String name = "projects/%04d".formatted(acknowledged);
            refusal =
                    catchThrowableOfType(
                            GatewayException.class,
                            () ->
                                    store.commit(
                                            Commits.create(name, Commits.body(BODY)), Commits.T0));
            acknowledged += refusal == null ? 1 : 0;
        }

        assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("is full: make room on its disk");
        assertThat(acknowledged).isPositive();
        assertThat(store.list("Project", "", "", 1000)).hasSize(acknowledged);
        makeRoom.run();
        store.commit(Commits.create("projects/later", Commits.body(BODY)), Commits.T0);
        assertThat(store.list("Project", "", "", 1000)).hasSize(acknowledged + 1);
        assertThat(store.size()).isEqualTo(acknowledged + 1);
        assertThat(AuditVerification.of(store, checked -> {}).intact()).isTrue();
    }

    private static SqliteStore open(Path directory, SqliteFile file) {
        return SqliteStore.on(
                OpenStore.open(StoreSettings.in(directory), ChangeRetention.DEFAULT, path -> file));
    }
}
