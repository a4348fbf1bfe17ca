package dev.drover.gateway.store;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.record.Callers;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Commits per second of the embedded store: each updates one record of 400 bytes with its revision
 * checked, keeps the change, and adds an audit entry. Arguments: a directory on the disk to
 * measure, seconds per round, and numbers of callers.
 */
final class StoreBench {
    private static final int MAX_COMMITS = 4_000_000;
    private static final ByteString BODY = Commits.body(400);

    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        Path parent = Files.createDirectories(Path.of(arguments[0]));
        Duration round = Duration.ofSeconds(Long.parseLong(arguments[1]));
        System.out.println("| callers | commits/s | p50 ms | p99 ms | max ms |");
        System.out.println("|---|---|---|---|---|");
        for (String callers : Arrays.asList(arguments).subList(2, arguments.length)) {
            Path directory = Files.createTempDirectory(parent, "bench");
            try (SqliteStore store = SqliteStore.open(StoreSettings.in(directory))) {
                // The first round warms up the compiler.
                measure(store, "warm", Integer.parseInt(callers), round);
                System.out.println(measure(store, "hot", Integer.parseInt(callers), round));
            } finally {
                StoreDirectory.delete(directory);
            }
        }
    }

    private static String measure(SqliteStore store, String name, int callers, Duration round) {
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
        return "| %d | %.0f | %.2f | %.2f | %.1f |"
                .formatted(
                        callers,
                        sorted.length / seconds,
                        sorted[sorted.length / 2] / 1e6,
                        sorted[sorted.length * 99 / 100] / 1e6,
                        sorted[sorted.length - 1] / 1e6);
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
