package dev.drover.gateway.fault;

import com.google.protobuf.util.Durations;
import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.RecreateStrategy;
import dev.drover.v1.Strategy;

/** Strategies that do not take long. */
final class Shapes {
    private static final int BAKE_MILLIS = 200;

    private Shapes() {}

    /** So many allocations of the new version, each step for a moment; then the rest. */
    static Strategy steps(int... counts) {
        CanaryStrategy.Builder canary = CanaryStrategy.newBuilder();
        for (int count : counts) {
            canary.addSteps(
                    CanaryStep.newBuilder()
                            .setCount(count)
                            .setBake(Durations.fromMillis(BAKE_MILLIS)));
        }
        return Strategy.newBuilder().setCanary(canary).build();
    }

    static Strategy blueGreen() {
        return Strategy.newBuilder()
                .setBlueGreen(
                        BlueGreenStrategy.newBuilder().setBake(Durations.fromMillis(BAKE_MILLIS)))
                .build();
    }

    static Strategy recreate() {
        return Strategy.newBuilder().setRecreate(RecreateStrategy.getDefaultInstance()).build();
    }
}
