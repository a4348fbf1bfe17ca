package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.LaneMode;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.ResumePromotionRequest;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One seed: releases, people, failing software, a gateway that dies at its commits, calls that get
 * lost, and a clock that jumps; then everything heals and has to come to an end.
 */
final class Simulation {
    private static final int STEPS = 80;
    private static final int HEALING_ROUNDS = 300;
    private static final List<LaneMode> MODES =
            List.of(LaneMode.FIFO, LaneMode.LATEST_WINS, LaneMode.HOLD);

    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab;
    private final SimulationChecks checks;
    private final List<String> releases = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private EngineDriver engine;
    private Optional<EngineDriver> zombie = Optional.empty();
    private boolean faults = true;
    private boolean changed;
    private int policies;

    Simulation(TestStore files, long seed) {
        this.random = new Random(seed);
        String project = "projects/seed" + seed;
        this.lab =
                new PromotionLab(
                        new PromotionLab.Shared(
                                files,
                                project,
                                records -> new CrashingRecords(records, this::fate)),
                        name -> (NomadCluster) nomad,
                        time,
                        EngineLimits.DEFAULT);
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> workload(job));
        lab.nouns().declare("staging", "prod", Map.of("web", 0, "api", 0, "db", 1));
        LaneMode mode = MODES.get(random.nextInt(MODES.size()));
        lab.nouns().environment("staging", environment -> environment.setLaneMode(mode));
        this.checks = new SimulationChecks(lab, nomad);
        this.engine = new EngineDriver(lab, time);
    }

    void run() {
        nomad.faults().always(call -> fault());
        for (int i = 0; i < STEPS; i++) {
            act();
            if (changed) {
                changed = false;
                checks.check();
            }
        }
        heal();
        assertEverythingEnds();
    }

    /** What happened, for whoever looks at a failure. */
    String story() {
        return String.join("\n", story);
    }

    /** How its promotions ended, for whoever wants to know what was reached. */
    List<Promotion> promotions() {
        return checks.promotions();
    }

    private void act() {
        int dice = random.nextInt(100);
        if (dice < 70) {
            engineStep();
        } else if (dice < 82) {
            pass();
        } else {
            changed = true;
            if (dice < 88) {
                promote();
            } else if (dice < 97) {
                person();
            } else {
                around();
            }
        }
    }

    private void engineStep() {
        if (zombie.isPresent() && random.nextInt(4) == 0) {
            long before = lab.files().store().position();
            zombie.ifPresent(this::stepOf);
            checks.nothingWritten(before);
            return;
        }
        stepOf(engine);
    }

    private void stepOf(EngineDriver driver) {
        try {
            if (driver == engine) {
                driver.claim(Instant.EPOCH);
            }
            List<String> items = driver.claims().keySet().stream().toList();
            if (!items.isEmpty()) {
                driver.tick(items.get(random.nextInt(items.size())));
            }
        } catch (CrashingRecords.Crash crash) {
            if (driver == engine) {
                restart();
            } else {
                zombie = Optional.empty();
            }
        } catch (GatewayException refused) {
            if (refused.reason() != Reason.REVISION_CONFLICT) {
                throw refused;
            }
        }
    }

    /** The gateway died; another takes over. Sometimes the first was only thought dead. */
    private void restart() {
        tell("crash");
        if (random.nextBoolean()) {
            zombie = Optional.of(engine);
        }
        engine = new EngineDriver(lab, time).claim(time.instant().plusSeconds(1));
    }

    private void pass() {
        time.advance(
                switch (random.nextInt(10)) {
                    case 0 -> Duration.ofMinutes(random.nextInt(1, 20));
                    case 1, 2 -> Duration.ofSeconds(random.nextInt(1, 60));
                    default -> Duration.ofMillis(random.nextInt(10, 1500));
                });
    }

    private void promote() {
        String environment = lab.nouns().environment(random.nextInt(3) == 0 ? "prod" : "staging");
        if (releases.isEmpty() || random.nextInt(3) > 0) {
            releases.add(release());
        }
        String release = releases.get(random.nextInt(releases.size()));
        if (checks.promotions().size() < 10) {
            tell(lab.promote(release, environment) + " of " + release + " to " + environment);
        }
    }

    private String release() {
        String id = "r" + releases.size();
        Map<String, ObjectNode> specs = new HashMap<>();
        for (String job : List.of("web", "api", "db")) {
            specs.put(job, spec(job, random.nextInt(6)));
        }
        if (random.nextInt(3) == 0) {
            lab.nouns().strategy(strategy());
        }
        return lab.nouns().release(id, specs);
    }

    /** Kinds 0 and 1 change nothing from release to release. */
    private ObjectNode spec(String job, int kind) {
        TestJobs spec =
                TestJobs.service(job)
                        .count(random.nextInt(1, 4))
                        .minHealthy(Duration.ofSeconds(1))
                        .release(kind < 2 ? "same" : "r" + releases.size());
        return switch (kind) {
            case 4 -> spec.script("exit 1 # crashing").json();
            case 5 -> spec.script(random.nextBoolean() ? "# nowhere" : "# late crash").json();
            default -> spec.json();
        };
    }

    private Strategy strategy() {
        Strategy.Builder strategy =
                Strategy.newBuilder().setAutomaticRollback(random.nextInt(4) > 0);
        return switch (random.nextInt(7)) {
            case 3 ->
                    strategy.mergeFrom(Strategies.steps(Duration.ofSeconds(5), 10, 50, 100))
                            .build();
            case 4 -> strategy.mergeFrom(Strategies.byHand(30, 60)).build();
            case 5 ->
                    strategy.mergeFrom(
                                    Strategies.blueGreen(
                                            Duration.ofSeconds(3), Duration.ofSeconds(3)))
                            .build();
            case 6 -> strategy.mergeFrom(Strategies.recreate()).build();
            case 0 -> strategy.setRolling(RollingStrategy.getDefaultInstance()).build();
            case 1 ->
                    strategy.setCanary(
                                    CanaryStrategy.newBuilder()
                                            .setCount(1)
                                            .setPromotion(CanaryPromotion.BY_HAND))
                            .build();
            default -> strategy.setCanary(CanaryStrategy.newBuilder().setCount(1)).build();
        };
    }

    private static Workload workload(ObjectNode job) {
        String text = job.toString();
        if (text.contains("crashing")) {
            return Workload.CRASHING;
        }
        if (text.contains("# nowhere")) {
            return new Workload.FitsNowhere("missing drivers");
        }
        return text.contains("# late crash")
                ? new Workload.Crashes(Duration.ofSeconds(5), 1)
                : Workload.HEALTHY;
    }

    private void person() {
        List<Promotion> all = checks.promotions();
        if (all.isEmpty()) {
            return;
        }
        Promotion one = all.get(random.nextInt(all.size()));
        Principal who = random.nextBoolean() ? PromotionLab.OWNER : PromotionLab.DEVELOPER;
        try {
            switch (random.nextInt(10)) {
                case 0 -> cancel(one, who);
                case 1 -> reject(one, who);
                case 2 -> retry(one, who);
                case 3 -> rollback(one, who);
                case 4, 5 -> advance(one, who);
                case 6 -> halt(one, who);
                default -> lab.approve(one.getName(), who);
            }
        } catch (GatewayException refused) {
            // People ask for what cannot be: they are told, and nothing happens.
            if (refused.reason() == Reason.INTERNAL) {
                throw refused;
            }
        }
    }

    private void cancel(Promotion one, Principal who) {
        CancelPromotionRequest request =
                CancelPromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setReason("enough")
                        .build();
        lab.call("CancelPromotion", who, request);
        tell("cancelled " + one.getName());
    }

    private void reject(Promotion one, Principal who) {
        lab.call(
                "RejectPromotion",
                who,
                RejectPromotionRequest.newBuilder().setName(one.getName()).setReason("no").build());
    }

    private void retry(Promotion one, Principal who) {
        lab.call(
                "RetryPromotion",
                who,
                RetryPromotionRequest.newBuilder().setName(one.getName()).build());
    }

    private void rollback(Promotion one, Principal who) {
        lab.call(
                "RollbackApplication",
                who,
                RollbackApplicationRequest.newBuilder()
                        .setName(lab.nouns().application())
                        .setEnvironment(one.getEnvironment())
                        .setReason("back")
                        .build());
    }

    private void halt(Promotion one, Principal who) {
        if (random.nextBoolean()) {
            lab.call(
                    "PausePromotion",
                    who,
                    PausePromotionRequest.newBuilder()
                            .setName(one.getName())
                            .setReason("look")
                            .build());
        } else {
            resume(one, who);
        }
    }

    private void resume(Promotion one, Principal who) {
        lab.call(
                "ResumePromotion",
                who,
                ResumePromotionRequest.newBuilder().setName(one.getName()).build());
    }

    private void advance(Promotion one, Principal who) {
        lab.call(
                "AdvancePromotion",
                who,
                AdvancePromotionRequest.newBuilder().setName(one.getName()).build());
    }

    /** Policies change, and so do jobs that somebody touches by hand. */
    private void around() {
        if (random.nextInt(3) == 0) {
            LaneMode mode = MODES.get(random.nextInt(MODES.size()));
            lab.nouns()
                    .environment(
                            random.nextBoolean() ? "prod" : "staging",
                            environment -> environment.setLaneMode(mode));
            tell("lane mode " + mode);
            return;
        }
        if (random.nextBoolean()) {
            policies++;
            lab.nouns().approvals(random.nextInt(1, 3) - (faults ? 0 : 1), "owners", policies);
            return;
        }
        String namespace = random.nextBoolean() ? "staging" : "prod";
        String job = random.nextBoolean() ? "web" : "db";
        nomad.faults().heal();
        nomad.job(namespace, job)
                .ifPresent(present -> {
                    ObjectNode spec =
                            TestJobs.service(job).release("by hand " + random.nextInt()).json();
                    nomad.register(namespace, spec, present.indexes().spec(), Submission.NONE);
                    checks.strangerRegistered(namespace, job);
                    tell("somebody changed " + namespace + "/" + job);
                });
        nomad.faults().always(call -> fault());
    }

    /** Asked at every commit of the engine. */
    private CrashingRecords.Moment fate() {
        changed = true;
        if (!faults) {
            return CrashingRecords.Moment.NEVER;
        }
        return switch (random.nextInt(30)) {
            case 0 -> CrashingRecords.Moment.BEFORE;
            case 1 -> CrashingRecords.Moment.AFTER;
            default -> CrashingRecords.Moment.NEVER;
        };
    }

    private Fault fault() {
        return switch (random.nextInt(60)) {
            case 0 -> Fault.REFUSED;
            case 1 -> Fault.LOST_REQUEST;
            case 2 -> Fault.LOST_REPLY;
            default -> Fault.NONE;
        };
    }

    private void heal() {
        faults = false;
        zombie = Optional.empty();
        nomad.faults().heal();
        lab.nouns().approvals(1, "owners", ++policies);
        engine.claim(time.instant().plusSeconds(1));
        tell("healed");
    }

    private void assertEverythingEnds() {
        for (int round = 0; round < HEALING_ROUNDS; round++) {
            List<Promotion> open =
                    checks.promotions().stream()
                            .filter(one -> !PromotionStates.ended(one))
                            .toList();
            if (open.isEmpty()) {
                checks.check();
                return;
            }
            open.forEach(this::decide);
            engine.round();
            time.advance(Duration.ofSeconds(3));
            if (round % 10 == 0) {
                checks.check();
            }
        }
        throw new AssertionError("not everything came to an end");
    }

    /** A patient person: approves what waits, advances what pauses, gives up what is blocked. */
    private void decide(Promotion one) {
        try {
            if (paused(one, Phase.PauseReason.MANUAL)) {
                resume(one, PromotionLab.DEVELOPER);
            } else if (paused(one, Phase.PauseReason.CANARY_STEP)) {
                advance(one, PromotionLab.DEVELOPER);
            }
            switch (one.getState()) {
                case PENDING_APPROVAL -> lab.approve(one.getName(), PromotionLab.OWNER);
                case BLOCKED -> cancel(one, PromotionLab.DEVELOPER);
                default -> {}
            }
        } catch (GatewayException refused) {
            if (refused.reason() == Reason.INTERNAL) {
                throw refused;
            }
            if (one.getState() == Promotion.State.PENDING_APPROVAL) {
                // The owner asked for it, so nobody else may approve it.
                cancel(one, PromotionLab.DEVELOPER);
            }
        }
    }

    private static boolean paused(Promotion one, Phase.PauseReason reason) {
        return one.getRollout().getPhasesList().stream()
                .anyMatch(phase -> phase.getPauseReason() == reason);
    }

    private void tell(String what) {
        story.add(time.instant() + " " + what);
    }
}
