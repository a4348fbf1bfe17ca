package dev.drover.acceptance.bench;

import dev.drover.gateway.store.StoreBench;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Commits of the embedded store, beside what the disk alone can make durable. */
final class DiskBench {
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int PAGE = 4096;
    private static final int[] CALLERS = {1, 8, 64, 256};

    private final Report report;

    DiskBench(Report report) {
        this.report = report;
    }

    void run(Path directory) throws Exception {
        for (int callers : CALLERS) {
            StoreBench.Result result = StoreBench.measure(directory, ROUND, callers);
            report.row(
                    "commits by " + callers + (callers == 1 ? " caller" : " callers at once"),
                    Spread.number(result.perSecond()),
                    Spread.number(result.median()),
                    Spread.number(result.p99()),
                    Spread.number(result.max()));
        }
        Spread syncs = syncs(directory.resolve("disk"));
        report.row(
                "the disk alone: append 4 KiB, fdatasync",
                Spread.number(syncs.count() / (double) ROUND.toSeconds()),
                Spread.number(syncs.median()),
                Spread.number(syncs.at(0.99)),
                Spread.number(syncs.max()));
    }

    private static Spread syncs(Path file) throws IOException {
        Spread spread = new Spread();
        ByteBuffer page = ByteBuffer.allocate(PAGE);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long end = System.nanoTime() + ROUND.toNanos();
            while (System.nanoTime() < end) {
                long begin = System.nanoTime();
                channel.write(page.rewind());
                channel.force(false);
                spread.add(Spread.millisSince(begin));
            }
        }
        return spread;
    }
}
