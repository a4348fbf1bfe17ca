package dev.drover.policy;

import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is wrong with a strategy, wherever it is declared. */
final class StrategyChecks {

    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int ALL = 100;

    private final String path;
    private final List<FieldProblem> problems = new ArrayList<>();

    private StrategyChecks(String path) {
        this.path = path;
    }

    static List<FieldProblem> check(String path, Strategy strategy) {
        StrategyChecks checks = new StrategyChecks(path);
        switch (strategy.getKindCase()) {
            case CANARY -> checks.canary(strategy.getCanary());
            case BLUE_GREEN -> checks.blueGreen(strategy.getBlueGreen());
            case RECREATE ->
                    checks.time("recreate.stop_timeout", strategy.getRecreate().getStopTimeout());
            case ROLLING, KIND_NOT_SET -> {}
        }
        return checks.problems;
    }

    private void canary(CanaryStrategy canary) {
        boolean steps = canary.getStepsCount() > 0;
        if (steps == canary.getCount() > 0) {
            add(
                    "canary.count",
                    steps
                            ? "is the short form of one step; leave it out, or leave out steps"
                            : "is required where there are no steps; say how many canaries, or in which steps",
                    "canary.steps");
        }
        List<CanaryStep> all = canary.getStepsList();
        for (int i = 0; i < all.size(); i++) {
            String at = at(i);
            if (all.get(i).getPercent() > 0 == all.get(i).getCount() > 0) {
                add(
                        at + ".percent",
                        "either percent or count is set, and only one of them",
                        at + ".count");
            }
            time(at + ".bake", all.get(i).getBake());
            if (i > 0) {
                ascends(i, all.get(i - 1), all.get(i));
            }
        }
        time("canary.decision_timeout", canary.getDecisionTimeout());
    }

    private void ascends(int i, CanaryStep before, CanaryStep step) {
        String wrong = "%d does not go beyond the %d of the step before; steps ascend";
        if (step.getPercent() > 0 && step.getPercent() <= before.getPercent()) {
            add(
                    at(i) + ".percent",
                    wrong.formatted(step.getPercent(), before.getPercent()),
                    at(i - 1) + ".percent");
        }
        if (step.getCount() > 0 && step.getCount() <= before.getCount()) {
            add(
                    at(i) + ".count",
                    wrong.formatted(step.getCount(), before.getCount()),
                    at(i - 1) + ".count");
        }
        if (step.getCount() > 0 && before.getPercent() > 0) {
            add(
                    at(i) + ".count",
                    before.getPercent() == ALL
                            ? "follows a step of 100 percent, after which nothing is left"
                            : "follows a percentage, which may be more already; go on in percent",
                    at(i - 1) + ".percent");
        }
    }

    private static String at(int step) {
        return "canary.steps[" + step + "]";
    }

    private void blueGreen(BlueGreenStrategy blueGreen) {
        time("blue_green.bake", blueGreen.getBake());
        time("blue_green.removal_delay", blueGreen.getRemovalDelay());
        time("blue_green.decision_timeout", blueGreen.getDecisionTimeout());
    }

    private void time(String at, com.google.protobuf.Duration declared) {
        Duration time = Duration.ofSeconds(declared.getSeconds(), declared.getNanos());
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            add(
                    at,
                    "%s is not between 0s and 720h, which is 30 days"
                            .formatted(ValueText.of(time)));
        }
    }

    private void add(String at, String what, String... others) {
        problems.add(
                FieldProblem.of(path + "." + at, what)
                        .beside(Arrays.stream(others).map(other -> path + "." + other).toList()));
    }
}
