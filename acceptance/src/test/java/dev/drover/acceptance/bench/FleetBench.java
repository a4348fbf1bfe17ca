package dev.drover.acceptance.bench;

import dev.drover.gateway.nomad.NomadAgent;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Many applications of one cluster: all promoted at once, all taken up again after a kill, and
 * thousands at rest. Their tasks are Nomad's mock driver's, so that Nomad itself is what is busy.
 */
final class FleetBench {
    private static final String CALLS = "drover_nomad_calls_seconds_count";
    private static final int PROMOTED = 500;
    private static final int KNOWN = 10_000;
    private static final int CALLERS = 16;
    private static final double RATE_AIM_PERCENT = 90;
    private static final double RECOVERY_AIM = 3000;
    private static final double MEMORY_AIM = 512;
    private static final double CPU_AIM_PERCENT = 3;
    private static final Duration REST = Duration.ofSeconds(60);
    private static final Duration OWNED_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Report report;
    private final Path data;
    private final Map<String, String> environment;
    private final NomadAgent nomad;

    FleetBench(Report report, Path data, NomadAgent nomad) {
        this.report = report;
        this.data = data;
        this.nomad = nomad;
        this.environment = Map.of(Shop.NOMAD_TOKEN, nomad.token());
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        NomadRounds alone = new NomadRounds(nomad.api(), "alone");
        alone.makeNamespace();
        new NomadRounds(nomad.api(), "staging").makeNamespace();
        GatewayProcess gateway = GatewayProcess.start(data, environment);
        try {
            Shop shop = Shop.declare(gateway, nomad.address());
            each(PROMOTED, i -> () -> shop.application(name(i), "{}"));
            double before = ProcFiles.residentMib(gateway.pid());
            together("first deployments", 0, shop, gateway, alone);
            together("updates", 1, shop, gateway, alone);
            double after = ProcFiles.residentMib(gateway.pid());
            report.plain(
                    "resident memory before and after, MiB",
                    Spread.number(before) + "; " + Spread.number(after),
                    "");
            pauseAll(shop, gateway);
            gateway.kill();
            gateway.close();
            gateway = GatewayProcess.start(data, environment);
            recovery(gateway);
            rest(Shop.known(gateway), gateway);
        } finally {
            gateway.close();
        }
    }

    /** The same jobs, by Nomad's API alone and through Drover. */
    private void together(
            String what, int number, Shop shop, GatewayProcess gateway, NomadRounds alone)
            throws IOException, InterruptedException, ExecutionException {
        String version = (number + 1) + ".0.0";
        each(PROMOTED, i -> () -> shop.release(name(i), Shop.mocked(name(i), version), version));
        long begin = System.nanoTime();
        each(PROMOTED, i -> () -> alone.register(Shop.mocked(name(i), version)));
        alone.untilAllSuccessful(PROMOTED, number);
        double raw = Spread.millisSince(begin);
        PromotionWatch watch = PromotionWatch.of(gateway);
        double calls = gateway.metric(CALLS);
        double cpu = ProcFiles.cpuMillis(gateway.pid());
        begin = System.nanoTime();
        List<CompletableFuture<Double>> ends = promoteAll(version, gateway, watch, begin);
        Spread each = new Spread();
        for (CompletableFuture<Double> end : ends) {
            each.add(end.get());
        }
        double percent = 100 * raw / each.max();
        report.row(
                "%d %s: to the end of all, s".formatted(PROMOTED, what),
                "≥ %s %% of Nomad's rate".formatted(Spread.number(RATE_AIM_PERCENT)),
                "%.1f".formatted(each.max() / 1000),
                "%.1f".formatted(raw / 1000),
                "%s %%: %s"
                        .formatted(
                                Spread.number(percent),
                                percent >= RATE_AIM_PERCENT ? "reached" : "**not reached**"));
        report.plain(
                "— the first and the middle one, s",
                "%.1f; %.1f".formatted(each.at(0) / 1000, each.median() / 1000),
                "");
        report.plain(
                "— for each: calls of Nomad; processor time of the gateway, ms",
                "%s; %s"
                        .formatted(
                                Spread.number((gateway.metric(CALLS) - calls) / PROMOTED),
                                Spread.number(
                                        (ProcFiles.cpuMillis(gateway.pid()) - cpu) / PROMOTED)),
                "2 and more");
    }

    private static List<CompletableFuture<Double>> promoteAll(
            String version, GatewayProcess gateway, PromotionWatch watch, long begin)
            throws InterruptedException, ExecutionException {
        List<CompletableFuture<Double>> ends = new ArrayList<>();
        for (int i = 0; i < PROMOTED; i++) {
            ends.add(watch.end(promotion(i, version)).thenApply(time -> Spread.millisSince(begin)));
        }
        each(PROMOTED, i -> () -> promote(i, version, gateway));
        return ends;
    }

    private static void promote(int i, String version, GatewayProcess gateway) {
        Promotion created =
                gateway.stub(PromotionServiceGrpc::newBlockingStub)
                        .createPromotion(
                                CreatePromotionRequest.newBuilder()
                                        .setParent(Shop.PROJECT)
                                        .setPromotionId(id(i, version))
                                        .setPromotion(
                                                Promotion.newBuilder()
                                                        .setEnvironment(Shop.STAGING)
                                                        .setRelease(
                                                                Shop.releaseName(name(i), version)))
                                        .build());
        if (!created.getName().equals(promotion(i, version))) {
            throw new IllegalStateException("not what was asked for: " + created);
        }
    }

    /** Every application's canary waits for a person. */
    private static void pauseAll(Shop shop, GatewayProcess gateway)
            throws IOException, InterruptedException, ExecutionException {
        String version = "3.0.0";
        each(
                PROMOTED,
                i ->
                        () -> {
                            shop.strategy(
                                    name(i),
                                    "{\"canary\": {\"count\": 1, \"promotion\": \"BY_HAND\"}}");
                            shop.release(name(i), Shop.mocked(name(i), version), version);
                        });
        PromotionWatch watch = PromotionWatch.of(gateway);
        List<CompletableFuture<Void>> paused = new ArrayList<>();
        for (int i = 0; i < PROMOTED; i++) {
            paused.add(watch.paused(promotion(i, version)));
        }
        each(PROMOTED, i -> () -> promote(i, version, gateway));
        for (CompletableFuture<Void> one : paused) {
            one.get();
        }
    }

    /** From the first answered call until every promotion is worked at again. */
    private void recovery(GatewayProcess gateway) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        double owned = 0;
        while (owned < PROMOTED) {
            owned = gateway.metric("drover_promotions_active");
            if (Spread.millisSince(begin) > OWNED_MAX.toMillis()) {
                throw new IllegalStateException("only " + owned + " are worked at");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        double millis = Spread.millisSince(begin);
        report.aimed(
                "after kill -9 of %d running: from its first answer until all are owned again, ms"
                        .formatted(PROMOTED),
                RECOVERY_AIM,
                millis,
                "%s (and %s to start)"
                        .formatted(Spread.number(millis), Spread.number(gateway.startMillis())),
                "");
    }

    private void rest(Shop shop, GatewayProcess running)
            throws IOException, InterruptedException, ExecutionException {
        each(
                KNOWN - PROMOTED,
                i ->
                        () -> {
                            shop.application("idle-" + i, "{}");
                            shop.release("idle-" + i, Shop.mocked("idle-" + i, "1.0.0"), "1.0.0");
                        });
        running.close();
        try (GatewayProcess gateway = GatewayProcess.start(data, environment)) {
            PromotionWatch watch = PromotionWatch.of(gateway);
            settle();
            double cpu = ProcFiles.cpuMillis(gateway.pid());
            settle();
            double percent = (ProcFiles.cpuMillis(gateway.pid()) - cpu) / REST.toMillis() * 100;
            String told = Spread.number(percent);
            report.aimed(
                    "%d applications known, %d paused rollouts, one watching: percent of a core"
                            .formatted(KNOWN, PROMOTED),
                    CPU_AIM_PERCENT,
                    percent,
                    told,
                    "");
            report.aimed(
                    "— resident memory, MiB",
                    MEMORY_AIM,
                    ProcFiles.residentMib(gateway.pid()),
                    Spread.number(ProcFiles.residentMib(gateway.pid())),
                    Spread.number(ProcFiles.residentMib(nomad.pid())));
            watch.check();
        }
    }

    private static void settle() throws InterruptedException {
        if (new CountDownLatch(1).await(REST.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }

    private static String name(int number) {
        return "fleet-" + number;
    }

    private static String id(int number, String version) {
        return name(number) + "-" + version.replace('.', '-');
    }

    private static String promotion(int number, String version) {
        return Shop.PROJECT + "/promotions/" + id(number, version);
    }

    /** Something that talks to a server. */
    @FunctionalInterface
    private interface Call {
        void run() throws IOException, InterruptedException;
    }

    /** Does it for each number, by a few callers at once. */
    private static void each(int count, IntFunction<Call> calls)
            throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Call call = calls.apply(i);
                done.add(
                        callers.submit(() -> {
                            call.run();
                            return null;
                        }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
    }
}
