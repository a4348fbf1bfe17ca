package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.decision.Gate;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.Secrets;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Promotions on a real store and some Nomad: everything but the network in front of it. */
final class PromotionLab implements AutoCloseable {
    static final Principal DEVELOPER =
            new Principal("serviceAccounts/dev", Set.of("developers"), AccessLevel.OPERATOR);
    static final Principal OWNER =
            new Principal("serviceAccounts/owner", Set.of("owners"), AccessLevel.OPERATOR);

    private static final AtomicInteger ENGINES = new AtomicInteger();

    private final TestStore files = TestStore.create();
    private final NomadClusters clusters;
    private final InstantSource clock;
    private final EngineLimits limits;
    private final AtomicInteger promotions = new AtomicInteger();

    PromotionLab(NomadClusters clusters, InstantSource clock, EngineLimits limits) {
        this.clusters = clusters;
        this.clock = clock;
        this.limits = limits;
    }

    TestNouns nouns() {
        return new TestNouns(files.store());
    }

    PromotionStore store() {
        return new PromotionStore(files.store());
    }

    TestStore files() {
        return files;
    }

    /** An engine on the store, not started. */
    Engine engine() {
        String owner = "test-" + ENGINES.incrementAndGet();
        Planner planner = new Planner(clusters, environment -> Secrets.NONE, clock);
        return new Engine(
                new EngineSettings(
                        owner,
                        true,
                        java.time.Duration.ofMillis(500),
                        java.time.Duration.ofSeconds(5),
                        java.time.Duration.ofSeconds(1),
                        limits),
                files.store(),
                files.store(),
                worker(owner, planner),
                new NomadHints(
                        clusters,
                        environment ->
                                Optional.of(nouns().of(anyRelease(), environment).environment())),
                clock);
    }

    private String anyRelease() {
        return files.store().list("Release", "", "", 1).getFirst().name();
    }

    Worker worker(String owner, Planner planner) {
        Gate gate = new Gate(new PromotionHistory(files.store()));
        Preparation preparation = new Preparation(store(), nouns(), planner, gate::decide);
        return new Worker(
                owner,
                store(),
                files.store(),
                new Observer(store(), preparation, planner, clusters),
                limits);
    }

    String promote(String release, String environment) {
        String name = TestNouns.PROJECT + "/promotions/p" + promotions.incrementAndGet();
        Promotion promotion =
                Creations.asked(Promotion.Kind.RELEASE, DEVELOPER, clock.instant()).toBuilder()
                        .setName(name)
                        .setRelease(release)
                        .setApplication(Names.application(release))
                        .setEnvironment(environment)
                        .build();
        Commit commit =
                new Creations(store())
                        .commit(
                                new Step.NewPromotion(
                                        promotion, Creations.notes(DEVELOPER, Notes.Restore.NONE)),
                                "",
                                Optional.empty(),
                                clock.instant());
        files.store().commit(commit, clock.instant());
        return name;
    }

    void command(String promotion, Principal caller, Consumer<Draft> command) {
        Loaded loaded = store().load(promotion).orElseThrow();
        Draft draft =
                new Draft(
                        new Situation(
                                loaded.promotion(),
                                loaded.notes(),
                                loaded.lane(),
                                "",
                                limits,
                                clock.instant()),
                        caller.account(),
                        "");
        command.accept(draft);
        Step step = Endings.closed(draft).done();
        files.store()
                .commit(
                        new Commit(
                                store().writes(loaded, step, clock.instant()),
                                step.audit(),
                                Optional.empty(),
                                List.of()),
                        clock.instant());
    }

    void approve(String promotion, Principal caller) {
        Promotion present = promotion(promotion);
        command(
                promotion,
                caller,
                draft ->
                        Commands.approve(
                                draft,
                                nouns().of(present.getRelease(), present.getEnvironment()),
                                caller,
                                present.getPlan().getDigest(),
                                "looks good"));
    }

    Promotion promotion(String name) {
        return store().promotion(name).orElseThrow();
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        files.close();
    }
}
