package dev.drover.gateway.store;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.record.Callers;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Commits per second of the embedded store: each updates one record of 400 bytes with its revision
 * checked, keeps the change, and adds an audit entry.
 */
public final class StoreBench {
    private static final int MAX_COMMITS = 4_000_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final ByteString BODY = Commits.body(400);

    private StoreBench() {}

    /** Commits per second, and how many milliseconds one took. */
    public record Result(double perSecond, double median, double p99, double max) {}

    /**
     * Measures for so long with so many callers.
     *
     * @param parent a directory on the disk to measure; what is made there is deleted
     */
    public static Result measure(Path parent, Duration round, int callers) throws IOException {
        Path directory = Files.createTempDirectory(parent, "bench");
        try (SqliteStore store = SqliteStore.open(StoreSettings.in(directory))) {
            // The first round warms up the compiler.
            measure(store, "warm", callers, round);
            return measure(store, "hot", callers, round);
        } finally {
            StoreDirectory.delete(directory);
        }
    }

    private static Result measure(SqliteStore store, String name, int callers, Duration round) {
        long[] nanos = new long[MAX_COMMITS];
        AtomicInteger count = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + round.toNanos();
        Callers.run(
                callers,
                caller -> {
                    String record = "projects/" + name + caller;
                    for (long revision = 0; System.nanoTime() < end; revision++) {
                        long before = System.nanoTime();
                        store.commit(update(record, revision), Commits.T0);
                        nanos[count.getAndIncrement()] = System.nanoTime() - before;
                    }
                });
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, count.get());
        Arrays.sort(sorted);
        return new Result(
                sorted.length / seconds,
                sorted[sorted.length / 2] / NANOS_PER_MILLI,
                sorted[sorted.length * 99 / 100] / NANOS_PER_MILLI,
                sorted[sorted.length - 1] / NANOS_PER_MILLI);
    }

    private static Commit update(String name, long revision) {
        return Commit.of(
                List.of(new Write.Put("Project", name, revision, BODY, List.of())),
                new AuditEvent(
                        "serviceAccounts/ci",
                        "project.update",
                        name,
                        "updated",
                        Map.of("etag", Long.toString(revision)),
                        "request-1"));
    }
}
