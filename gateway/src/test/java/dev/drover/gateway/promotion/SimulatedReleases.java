package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.verification.Outbound;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.JobRun;
import dev.drover.v1.NomadMeasurement;
import dev.drover.v1.RollingStrategy;
import dev.drover.v1.Strategy;
import dev.drover.v1.Undecided;
import dev.drover.v1.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** What the people of a simulation make: an application, its releases, and how good they are. */
final class SimulatedReleases {
    /** So long at most a decision is waited for that is left to time. */
    static final Duration SHORT = Duration.ofMinutes(3);

    private static final String TASK = "nightly";

    /** A system job. */
    static final String AGENT = "agent";

    private final TestNouns nouns;
    private final RandomGenerator random;
    private final List<String> releases = new ArrayList<>();
    private final Map<String, Integer> waves = new TreeMap<>(Map.of("web", 0));
    private final int taskKind;
    private final boolean agents;
    private final boolean verified;

    SimulatedReleases(TestNouns nouns, RandomGenerator random) {
        this.nouns = nouns;
        this.random = random;
        this.taskKind = random.nextInt(12);
        if (random.nextInt(4) > 0) {
            waves.put("api", 0);
            waves.put("db", 1);
        }
        if (taskKind < 4) {
            waves.put(TASK, 1 + random.nextInt(2));
        }
        this.agents = random.nextInt(4) == 0;
        if (agents) {
            waves.put(AGENT, random.nextInt(2));
        }
        nouns.declare("staging", "prod", waves);
        if (taskKind < 4) {
            JobRun once = JobRun.newBuilder().setTimeout(Durations.fromMinutes(1)).build();
            nouns.job(TASK, job -> job.setStrategy(rolling()).setRun(once));
        }
        if (agents) {
            Strategy its = random.nextBoolean() ? rolling() : Strategies.byHand(50);
            nouns.job(AGENT, job -> job.setStrategy(its));
        }
        verified = random.nextBoolean();
        if (verified) {
            nouns.verifications(verifications());
        }
    }

    List<String> jobs() {
        return List.copyOf(waves.keySet());
    }

    boolean any() {
        return !releases.isEmpty();
    }

    /** One that is there, or, where it can be made, a new one. */
    String some(boolean fresh) {
        if (fresh && (releases.isEmpty() || random.nextInt(3) > 0)) {
            releases.add(release());
        }
        return releases.get(random.nextInt(releases.size()));
    }

    private String release() {
        Map<String, ObjectNode> specs = new HashMap<>();
        for (String job : waves.keySet()) {
            specs.put(
                    job,
                    switch (job) {
                        case TASK -> task();
                        case AGENT -> agent(random.nextInt(7));
                        default -> service(job, random.nextInt(7)).json();
                    });
        }
        if (random.nextInt(3) == 0) {
            nouns.strategy(strategy());
        }
        return nouns.release("r" + releases.size(), specs);
    }

    /** Kinds 0 and 1 change nothing from release to release. */
    private TestJobs service(String job, int kind) {
        TestJobs spec =
                TestJobs.service(job)
                        .count(random.nextInt(1, 4))
                        .maxParallel(random.nextInt(1, 3))
                        .minHealthy(Duration.ofSeconds(1))
                        .release(kind < 2 ? "same" : "r" + releases.size());
        return switch (kind) {
            case 5 -> spec.script("exit 1 # crashing");
            case 6 -> spec.script(random.nextBoolean() ? "# nowhere" : "# late crash");
            default -> spec;
        };
    }

    /** One on every node. */
    private ObjectNode agent(int kind) {
        return service(AGENT, kind).system().json();
    }

    private ObjectNode task() {
        TestJobs spec = TestJobs.service(TASK);
        TestJobs task =
                switch (taskKind) {
                    case 0 -> spec.periodic();
                    case 1 -> spec.parameterized();
                    default -> spec.batch();
                };
        return task.release(random.nextInt(3) == 0 ? "same" : "r" + releases.size())
                .script(random.nextInt(5) == 0 ? "exit 1 # crashing" : "true")
                .json();
    }

    private Strategy strategy() {
        Strategy.Builder strategy =
                Strategy.newBuilder()
                        .setOnFailure(
                                switch (random.nextInt(5)) {
                                    case 0 -> Strategy.OnFailure.HALT;
                                    case 1 -> Strategy.OnFailure.HOLD;
                                    default -> Strategy.OnFailure.ROLLBACK;
                                });
        Duration bake = Duration.ofSeconds(random.nextInt(1, 6));
        return switch (random.nextInt(8)) {
            case 0 -> strategy.setRolling(RollingStrategy.getDefaultInstance()).build();
            case 1 ->
                    strategy.setCanary(
                                    CanaryStrategy.newBuilder()
                                            .setCount(1)
                                            .setPromotion(CanaryPromotion.BY_HAND)
                                            .setDecisionTimeout(decisionTimeout())
                                            .setUndecided(undecided()))
                            .build();
            case 2 -> strategy.setCanary(CanaryStrategy.newBuilder().setCount(1)).build();
            case 3, 4 -> measured(strategy.mergeFrom(Strategies.steps(bake, 10, 50, 100))).build();
            case 5 -> {
                strategy.mergeFrom(Strategies.byHand(30, 60));
                strategy.getCanaryBuilder()
                        .setDecisionTimeout(decisionTimeout())
                        .setUndecided(undecided());
                yield strategy.build();
            }
            case 6 -> strategy.mergeFrom(Strategies.blueGreen(bake, Duration.ofSeconds(3))).build();
            default -> strategy.mergeFrom(Strategies.recreate()).build();
        };
    }

    private com.google.protobuf.Duration decisionTimeout() {
        return Durations.fromMinutes(
                random.nextBoolean()
                        ? random.nextInt(1, (int) SHORT.toMinutes() + 1)
                        : random.nextInt(10, 60));
    }

    private Undecided undecided() {
        return random.nextBoolean() ? Undecided.ABORT : Undecided.ADVANCE;
    }

    /** Where there is something to measure by, sometimes at the first step too. */
    private Strategy.Builder measured(Strategy.Builder steps) {
        if (verified && random.nextBoolean()) {
            steps.getCanaryBuilder()
                    .getStepsBuilder(0)
                    .addVerifications(nouns.project() + "/verifications/smoke");
        }
        return steps;
    }

    private static Strategy rolling() {
        return Strategy.newBuilder().setRolling(RollingStrategy.getDefaultInstance()).build();
    }

    private Map<String, Verification> verifications() {
        Map<String, Verification> declared = new TreeMap<>();
        Verification.Builder often =
                Verification.newBuilder()
                        .setInterval(Durations.fromSeconds(2))
                        .setMeasurements(random.nextInt(1, 4))
                        .setFailureLimit(random.nextInt(2))
                        .setConsecutiveErrorLimit(2)
                        .setHoldLimit(Durations.fromMinutes(5))
                        .setOnInconclusive(
                                random.nextInt(3) == 0
                                        ? Verification.InconclusiveAction.FAIL
                                        : Verification.InconclusiveAction.HOLD)
                        .setDryRun(random.nextInt(6) == 0);
        declared.put(
                "smoke",
                often.clone()
                        .setHttp(
                                HttpMeasurement.newBuilder()
                                        .setUrl("http://web.example/healthz")
                                        .setSuccessCondition("status == 200")
                                        .setFailureCondition("status >= 500"))
                        .build());
        if (random.nextInt(3) == 0) {
            declared.put(
                    "health",
                    often.clone()
                            .setNomad(
                                    NomadMeasurement.newBuilder()
                                            .setSuccessCondition("failed == 0"))
                            .build());
        }
        if (random.nextInt(3) == 0) {
            declared.put(
                    "check",
                    often.clone()
                            .setMeasurements(1)
                            .setJob(
                                    JobMeasurement.newBuilder()
                                            .setJobspec(
                                                    TestJobs.service("check")
                                                            .batch()
                                                            .json()
                                                            .toString()))
                            .build());
        }
        return declared;
    }

    /** What an address answers that a verification asks. */
    Outbound.Answer answer(boolean faults) {
        return switch (random.nextInt(faults ? 10 : 40)) {
            case 0 -> ScriptedOutbound.received(500, "");
            case 1 -> ScriptedOutbound.received(302, "");
            case 2 -> new Outbound.Answer.Failed("no answer");
            default -> ScriptedOutbound.received(200, "");
        };
    }

    /** How what was released behaves where it runs. */
    static Workload workload(ObjectNode job) {
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
}
