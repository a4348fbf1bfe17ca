package dev.drover.gateway.baseline;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Strategy;
import java.util.List;

/** What is wrong with a strategy, wherever it is declared. */
final class StrategyChecks {
    private static final Duration LONGEST = Durations.fromDays(30);
    private static final int ALL = 100;

    private final String path;
    private final Problems problems;

    private StrategyChecks(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    static void check(String path, Strategy strategy, Problems problems) {
        StrategyChecks checks = new StrategyChecks(path, problems);
        switch (strategy.getKindCase()) {
            case CANARY -> checks.canary(strategy.getCanary());
            case BLUE_GREEN -> checks.blueGreen(strategy.getBlueGreen());
            case RECREATE ->
                    checks.time("recreate.stop_timeout", strategy.getRecreate().getStopTimeout());
            case ROLLING, KIND_NOT_SET -> {}
        }
    }

    private void canary(CanaryStrategy canary) {
        boolean steps = canary.getStepsCount() > 0;
        if (steps == canary.getCount() > 0) {
            add(
                    "canary.count",
                    steps
                            ? "is the short form of one step; leave it out, or leave out steps"
                            : "is required where there are no steps; say how many canaries, or in which steps");
        }
        List<CanaryStep> all = canary.getStepsList();
        for (int i = 0; i < all.size(); i++) {
            step("canary.steps[" + i + "]", all.get(i));
            if (i > 0) {
                ascends("canary.steps[" + i + "]", all.get(i - 1), all.get(i));
            }
        }
        time("canary.decision_timeout", canary.getDecisionTimeout());
    }

    private void step(String at, CanaryStep step) {
        if (step.getPercent() > 0 == step.getCount() > 0) {
            add(at + ".percent", "either percent or count is set, and only one of them");
        }
        time(at + ".bake", step.getBake());
    }

    private void ascends(String at, CanaryStep before, CanaryStep step) {
        if (step.getPercent() > 0 && step.getPercent() <= before.getPercent()) {
            add(
                    at + ".percent",
                    "%d does not go beyond the %d of the step before; steps ascend"
                            .formatted(step.getPercent(), before.getPercent()));
        }
        if (step.getCount() > 0 && step.getCount() <= before.getCount()) {
            add(
                    at + ".count",
                    "%d does not go beyond the %d of the step before; steps ascend"
                            .formatted(step.getCount(), before.getCount()));
        }
        if (step.getCount() > 0 && before.getPercent() > 0) {
            add(
                    at + ".count",
                    before.getPercent() == ALL
                            ? "follows a step of 100 percent, after which nothing is left"
                            : "follows a percentage, which may be more already; go on in percent");
        }
    }

    private void blueGreen(BlueGreenStrategy blueGreen) {
        time("blue_green.bake", blueGreen.getBake());
        time("blue_green.removal_delay", blueGreen.getRemovalDelay());
        time("blue_green.decision_timeout", blueGreen.getDecisionTimeout());
    }

    private void time(String at, Duration time) {
        if (Durations.isNegative(time) || Durations.compare(time, LONGEST) > 0) {
            add(
                    at,
                    "%s is not between 0s and %s, which is 30 days"
                            .formatted(Durations.toString(time), Durations.toString(LONGEST)));
        }
    }

    private void add(String at, String what) {
        problems.add(path + "." + at, what);
    }
}
