package dev.drover.gateway.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.RecreateStrategy;
import dev.drover.v1.Strategy;
import java.time.Duration;

/** Strategies for tests. */
final class Strategies {
    private Strategies() {}

    /** Each step bakes for ten seconds. */
    static Strategy steps(int... percents) {
        return steps(Duration.ofSeconds(10), percents);
    }

    static Strategy steps(Duration bake, int... percents) {
        CanaryStrategy.Builder canary = CanaryStrategy.newBuilder();
        for (int percent : percents) {
            canary.addSteps(
                    CanaryStep.newBuilder()
                            .setPercent(percent)
                            .setBake(Durations.fromMillis(bake.toMillis())));
        }
        return Strategy.newBuilder().setCanary(canary).build();
    }

    /** A person ends each step, and has an hour for it. */
    static Strategy byHand(int... percents) {
        CanaryStrategy.Builder canary =
                CanaryStrategy.newBuilder()
                        .setPromotion(CanaryPromotion.BY_HAND)
                        .setDecisionTimeout(Durations.fromHours(1));
        for (int percent : percents) {
            canary.addSteps(CanaryStep.newBuilder().setPercent(percent));
        }
        return Strategy.newBuilder().setCanary(canary).build();
    }

    static Strategy blueGreen(Duration bake, Duration removalDelay) {
        return Strategy.newBuilder()
                .setBlueGreen(
                        BlueGreenStrategy.newBuilder()
                                .setBake(Durations.fromMillis(bake.toMillis()))
                                .setRemovalDelay(Durations.fromMillis(removalDelay.toMillis())))
                .build();
    }

    static Strategy recreate() {
        return Strategy.newBuilder().setRecreate(RecreateStrategy.getDefaultInstance()).build();
    }

    /** A job that leaves its progress deadline to the strategy. */
    static ObjectNode withoutDeadline(TestJobs job) {
        ObjectNode spec = job.json();
        for (JsonNode group : spec.path("TaskGroups")) {
            ((ObjectNode) group.path("Update")).remove("ProgressDeadline");
        }
        return spec;
    }
}
