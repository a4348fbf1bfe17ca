package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.JobRun;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A shop with one job "web" whose promotions an engine carries on, for tests of other packages that
 * let something happen to it.
 */
public final class LiveShop implements AutoCloseable {
    /** The job. */
    public static final String JOB = "web";

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final PromotionLab lab;
    private Optional<Engine> engine = Optional.empty();
    private int releases;

    /** In this namespace; the engine runs. */
    public LiveShop(NomadClusters clusters, String namespace) {
        this(clusters, namespace, InstantSource.system(), EngineLimits.DEFAULT);
    }

    /** With a clock and limits of its own. */
    public LiveShop(
            NomadClusters clusters, String namespace, InstantSource clock, EngineLimits limits) {
        lab = new PromotionLab(clusters, clock, limits);
        lab.nouns().declare(namespace, namespace + "-prod", Map.of(JOB, 0));
        start();
    }

    /** A canary of one that waits for a person. */
    public LiveShop canaryByHand() {
        lab.nouns()
                .strategy(
                        Strategy.newBuilder()
                                .setCanary(
                                        CanaryStrategy.newBuilder()
                                                .setPromotion(CanaryPromotion.BY_HAND)
                                                .setDecisionTimeout(Durations.fromHours(1))
                                                .addSteps(CanaryStep.newBuilder().setCount(1)))
                                .build());
        return this;
    }

    /** How releases are promoted from now on. */
    public LiveShop strategy(Strategy strategy) {
        lab.nouns().strategy(strategy);
        return this;
    }

    /** The job is dispatched once after each registration. */
    public LiveShop dispatched() {
        lab.nouns().job(JOB, job -> job.setRun(JobRun.getDefaultInstance()));
        return this;
    }

    /** Starts an engine, as a gateway does. */
    public void start() {
        Engine fresh = lab.engine();
        fresh.start();
        engine = Optional.of(fresh);
    }

    /** The gateway is gone; the store stays. */
    public void stop() {
        engine.ifPresent(Engine::close);
        engine = Optional.empty();
    }

    /** Where everything is kept. */
    public TestStore files() {
        return lab.files();
    }

    /** Asks for a promotion of a new release; its strategy sets deadlines. @return its name */
    public String promote(TestJobs job) {
        return promote(Strategies.withoutDeadline(job));
    }

    /** The same of a job that is taken as it is. */
    public String promote(ObjectNode job) {
        String release = lab.nouns().release("r" + ++releases, Map.of(JOB, job));
        return lab.promote(release, TestNouns.STAGING);
    }

    /** A promotion that has to succeed. */
    public String succeed(TestJobs job) {
        return ended(promote(job), Promotion.State.SUCCEEDED).getName();
    }

    /** Copies the store, as one does while no gateway runs. */
    public void backUp(Path to) {
        whileClosed(() -> copy(lab.files().directory(), to));
    }

    /** Takes the copy for the store. */
    public void restore(Path from) {
        whileClosed(() -> copy(from, lab.files().directory()));
    }

    private void whileClosed(Runnable act) {
        stop();
        lab.files().store().close();
        act.run();
        lab.files().reopen();
        start();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it is. */
    public Promotion promotion(String name) {
        return lab.promotion(name);
    }

    /** A person lets the phase that waits go on. */
    public void advance(String promotion) {
        lab.advance(promotion);
    }

    /** A person stops it. */
    public void cancel(String promotion) {
        lab.cancel(promotion);
    }

    /** The present phase of the job. */
    public Phase phase(String promotion) {
        return lab.phase(promotion, JOB);
    }

    /** Waits until a person is waited for. */
    public LiveShop waits(String promotion) {
        until(() -> {
            assertThat(PromotionStates.ended(promotion(promotion)))
                    .as("%s", promotion(promotion).getStateMessage())
                    .isFalse();
            return phase(promotion).getState() == Phase.State.PAUSED;
        });
        return this;
    }

    /** The promotion once it has ended, which has to be so. */
    public Promotion ended(String name, Promotion.State state) {
        until(() -> PromotionStates.ended(promotion(name)));
        Promotion promotion = promotion(name);
        assertThat(promotion.getState()).as(promotion.getStateMessage()).isEqualTo(state);
        return promotion;
    }

    /** Waits until it is so. */
    public static void until(BooleanSupplier done) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(done::getAsBoolean);
    }

    @Override
    public void close() {
        stop();
        lab.close();
    }
}
