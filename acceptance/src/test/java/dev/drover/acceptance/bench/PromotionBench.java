package dev.drover.acceptance.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.nomad.NomadAgent;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What a promotion takes beyond Nomad's own time: the same job, registered with Nomad's API and
 * promoted through Drover, in turn.
 */
final class PromotionBench {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 20;
    private static final double OVERHEAD_AIM = 100;

    private final Report report;
    private final GatewayProcess gateway;
    private final Shop shop;
    private final PromotionWatch watch;
    private final NomadRounds alone;
    private final NomadRounds staging;

    PromotionBench(Report report, GatewayProcess gateway, Shop shop, NomadAgent nomad) {
        this.report = report;
        this.gateway = gateway;
        this.shop = shop;
        this.watch = PromotionWatch.of(gateway);
        this.alone = new NomadRounds(nomad.api(), "alone");
        this.staging = new NomadRounds(nomad.api(), "staging");
    }

    /** What one promotion took: as a whole, until Nomad had the job, after Nomad was done. */
    private record Round(double whole, double before, double after) {}

    void run() throws IOException, InterruptedException, ExecutionException {
        alone.makeNamespace();
        measure("rolling update", "rolling");
        measure("canary, promoted when healthy", "canary");
    }

    private void measure(String what, String application)
            throws IOException, InterruptedException, ExecutionException {
        Spread raw = new Spread();
        Spread whole = new Spread();
        Spread beyond = new Spread();
        Spread before = new Spread();
        Spread after = new Spread();
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            double nomad = alone.milliseconds(job(application, Integer.toString(i)));
            Round round = promote(application, "1.0." + i);
            if (i >= WARM_UPS) {
                raw.add(nomad);
                whole.add(round.whole());
                beyond.add(round.whole() - nomad);
                before.add(round.before());
                after.add(round.after());
            }
        }
        report.plain(what + ": to the end, ms", whole, raw);
        report.plain(
                what + ": p99 = slowest of " + ROUNDS,
                Spread.number(whole.max()),
                Spread.number(raw.max()));
        report.aimed(
                what + ": beyond Nomad's time, difference of medians",
                OVERHEAD_AIM,
                whole.median() - raw.median(),
                Spread.number(whole.median() - raw.median()),
                "");
        report.plain("— of it until Nomad has the job", before, "");
        report.plain("— of it after Nomad is done", after, "");
    }

    /** Nomad promotes canaries by itself where Drover does it. */
    private static ObjectNode job(String application, String version) {
        var job = Shop.job(application, version);
        return application.equals("canary") ? job.canary(1).autoPromote().json() : job.json();
    }

    private Round promote(String application, String version)
            throws IOException, InterruptedException, ExecutionException {
        String release = shop.release(application, version);
        String id = application + "-" + version.replace('.', '-');
        CompletableFuture<Instant> ended = watch.end(Shop.PROJECT + "/promotions/" + id);
        CompletableFuture<Instant> done = staging.done(application, staging.index(application));
        Instant begin = CLOCK.instant();
        Promotion created =
                gateway.stub(PromotionServiceGrpc::newBlockingStub)
                        .createPromotion(
                                CreatePromotionRequest.newBuilder()
                                        .setParent(Shop.PROJECT)
                                        .setPromotionId(id)
                                        .setPromotion(
                                                Promotion.newBuilder()
                                                        .setEnvironment(Shop.STAGING)
                                                        .setRelease(release))
                                        .build());
        if (!created.getRelease().equals(release)) {
            throw new IllegalStateException("not what was asked for: " + created);
        }
        Instant end = ended.get();
        return new Round(
                millis(begin, end),
                millis(begin, staging.registered(application)),
                millis(done.get(), end));
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e6;
    }
}
