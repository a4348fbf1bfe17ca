package dev.drover.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How fast the packaged gateway starts, and what it takes while nobody asks it anything. */
final class GatewayBench {
    private static final int WARM_UPS = 2;
    private static final int STARTS = 10;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final double START_AIM = 1000;
    private static final double MEMORY_AIM = 256;

    private final Report report;

    GatewayBench(Report report) {
        this.report = report;
    }

    /** Starts, each on a new store. */
    void starts(Path directory) throws IOException, InterruptedException {
        Spread starts = new Spread();
        Spread cpu = new Spread();
        for (int i = 0; i < WARM_UPS + STARTS; i++) {
            Path data = Files.createDirectories(directory.resolve("start-" + i + "/data"));
            try (GatewayProcess gateway = GatewayProcess.start(data, Map.of())) {
                if (i >= WARM_UPS) {
                    starts.add(gateway.startMillis());
                    cpu.add(ProcFiles.cpuMillis(gateway.pid()));
                }
            }
        }
        report.aimed(
                "exec to first call answered, new store, ms",
                START_AIM,
                starts.median(),
                starts,
                "");
        report.plain("processor time until then, ms", cpu, "");
    }

    /** A minute of peace; with what Nomad's agent takes at the same time. */
    void idle(GatewayProcess gateway, long nomad) throws IOException, InterruptedException {
        double cpu = ProcFiles.cpuMillis(gateway.pid());
        double nomadCpu = ProcFiles.cpuMillis(nomad);
        boolean woken = new CountDownLatch(1).await(IDLE.toSeconds(), TimeUnit.SECONDS);
        if (woken) {
            throw new IllegalStateException("nobody counts down");
        }
        memory("idle for " + IDLE.toSeconds() + " s: resident memory, MiB", gateway, nomad);
        report.plain(
                "idle: processor time, ms per s",
                perSecond(ProcFiles.cpuMillis(gateway.pid()) - cpu),
                perSecond(ProcFiles.cpuMillis(nomad) - nomadCpu));
    }

    void memory(String what, GatewayProcess gateway, long nomad) throws IOException {
        double resident = ProcFiles.residentMib(gateway.pid());
        report.aimed(what, MEMORY_AIM, resident, told(gateway.pid()), told(nomad));
    }

    private static String told(long pid) throws IOException {
        return "%s (%s without mapped files)"
                .formatted(
                        Spread.number(ProcFiles.residentMib(pid)),
                        Spread.number(ProcFiles.anonymousMib(pid)));
    }

    private static String perSecond(double millis) {
        return Spread.number(millis / IDLE.toSeconds());
    }
}
