package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers wait for the writer with a deadline, and always learn what came of their commit. */
final class WaitingCallersTest {
    private final Path directory = StoreDirectory.create();
    private final CountDownLatch writerIsBusy = new CountDownLatch(1);
    private final CountDownLatch letTheWriterGo = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    private OpenStore open = open(Duration.ofSeconds(20));
    private SqliteStore store = SqliteStore.on(open);

    @AfterEach
    void close() {
        letTheWriterGo.countDown();
        callers.close();
        store.close();
        StoreDirectory.delete(directory);
    }

    @Test
    void waitingJobsShareOneTransactionAndEachIsRefusedAlone() throws Exception {
        store.commit(Commits.create("projects/3"), Commits.T0);
        keepTheWriterBusy();
        List<Future<Long>> waiting =
                IntStream.range(0, 6)
                        .mapToObj(i -> callers.submit(() -> commit("projects/" + i)))
                        .toList();

        letTheWriterGo.countDown();

        for (int i = 0; i < waiting.size(); i++) {
            if (i == 3) {
                assertThatThrownBy(waiting.get(i)::get).hasMessageContaining("exists already");
            } else {
                assertThat(waiting.get(i).get()).isPositive();
            }
        }
        assertThat(store.list("Project", "", "", 10)).hasSize(6);
        assertThat(store.size()).isEqualTo(6);
    }

    @Test
    void whoeverIsInterruptedWhileItWaitsChangesNothing() throws Exception {
        keepTheWriterBusy();
        CompletableFuture<GatewayException> refusal = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> refusal.complete(refused("projects/a")));

        caller.interrupt();

        assertThat(refusal.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CALL_CANCELLED);
        letTheWriterGo.countDown();
        store.commit(Commits.create("projects/b"), Commits.T0);
        assertThat(store.get("Project", "projects/a")).isEmpty();
    }

    @Test
    void whoeverIsInterruptedAfterItBeganLearnsWhatCameOfIt() throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> {
                            String done = open.write(sql -> busy("done"));
                            outcome.complete(done + " " + Thread.currentThread().isInterrupted());
                        });
        writerIsBusy.await();

        caller.interrupt();
        letTheWriterGo.countDown();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("done true");
    }

    @Test
    void aWriteThatDoesNotBeginInTimeChangesNothing() throws Exception {
        useDeadline(Duration.ofMillis(200));
        keepTheWriterBusy();

        GatewayException refusal = refused("projects/a");

        assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(refusal).hasMessageContaining("nothing was changed");
        letTheWriterGo.countDown();
        callers.close();
        assertThat(store.get("Project", "projects/a")).isEmpty();
    }

    @Test
    void aWriteThatDoesNotEndInTimeSaysThatItMayHaveHappened() {
        useDeadline(Duration.ofMillis(200));

        assertThatThrownBy(() -> open.write(sql -> busy("slow")))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("whether it happened is not known");
    }

    @Test
    void aFaultInOneJobIsItsCallersAlone() {
        assertThatThrownBy(() ->
                        open.write(sql -> {
                            throw new AssertionError("a fault of the test");
                        }))
                .hasStackTraceContaining("a fault of the test");

        assertThat(commit("projects/a")).isPositive();
    }

    @Test
    void closingDoesWhatIsQueuedAndRefusesWhatComesLater() throws Exception {
        store.close();
        SqliteFile file = new SqliteFile(directory.resolve("drover.db"));
        StoreWriter writer =
                new StoreWriter(
                        file, new StoreFailures(file.path()), new RecentRecords(), () -> {});
        writer.start();
        writer.submit(new WriteJob<>(sql -> busy("first"), Set.of()));
        WriteJob<Long> queued =
                new WriteJob<>(
                        sql -> new CommitStatements(sql).run(Commits.create("p"), Commits.T0),
                        Set.of());
        writer.submit(queued);
        Future<?> closing = callers.submit(() -> closed(writer));
        letTheWriterGo.countDown();

        closing.get(10, TimeUnit.SECONDS);

        assertThat(queued.outcome()).isCompletedWithValue(1L);
        assertThatThrownBy(() -> writer.submit(new WriteJob<>(sql -> "late", Set.of())))
                .hasMessageContaining("is closed");
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();

        assertThat(refused("projects/a")).hasMessageContaining("is closed");
        assertThatThrownBy(() -> store.get("Project", "a")).hasMessageContaining("is closed");
    }

    private static boolean closed(StoreWriter writer) throws SQLException {
        writer.close();
        return true;
    }

    private void keepTheWriterBusy() throws InterruptedException {
        Thread.ofVirtual().start(() -> open.write(sql -> busy("first")));
        writerIsBusy.await();
    }

    private <T> T busy(T result) {
        writerIsBusy.countDown();
        Waiting.forever(letTheWriterGo::await);
        return result;
    }

    private long commit(String name) {
        return store.commit(Commits.create(name), Commits.T0);
    }

    private GatewayException refused(String name) {
        return catchThrowableOfType(GatewayException.class, () -> commit(name));
    }

    private void useDeadline(Duration deadline) {
        store.close();
        open = open(deadline);
        store = SqliteStore.on(open);
    }

    private OpenStore open(Duration deadline) {
        return OpenStore.open(
                new StoreSettings(directory, deadline), ChangeRetention.DEFAULT, SqliteFile::new);
    }
}
