package dev.drover.gateway.plan;

import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Strategy;
import dev.drover.v1.Undecided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps in which a strategy brings a new version beside the old one, the last one being all.
 */
final class CanarySteps {
    private static final Duration DECISION = Duration.ofHours(24);

    /** How long the verifications of a step may take, people included. */
    static final Duration VERIFICATION = Duration.ofHours(24);

    private static final int ALL = 100;

    private CanarySteps() {}

    /**
     * One step.
     *
     * @param percent the share of each group, 0 where it is a count
     * @param bake how long it must stay healthy
     * @param byHand whether a person ends it
     * @param verifications what is measured before that, by name
     */
    record Step(
            long percent, long count, Duration bake, boolean byHand, List<String> verifications) {

        /** The rest, of which nothing is asked. */
        static final Step REST = new Step(ALL, 0, Duration.ZERO, false, List.of());

        boolean all() {
            return percent == ALL;
        }

        /** How many allocations of a group have the new version. */
        long share(JobGroup group) {
            return percent > 0
                    ? (group.count() * percent + ALL - 1) / ALL
                    : Math.min(count, group.count());
        }

        String label() {
            return percent > 0 ? Long.toString(percent) : count + "x";
        }

        String text() {
            return percent > 0 ? percent + "%" : count + " of each group";
        }
    }

    /**
     * What a person is waited for, and what follows when nobody decides.
     *
     * @param timeout how long
     */
    record Decision(Duration timeout, Undecided undecided) {}

    static List<Step> of(CanaryStrategy canary) {
        List<Step> steps = new ArrayList<>();
        for (CanaryStep step : canary.getStepsList()) {
            boolean silent = step.getPromotion() == CanaryPromotion.CANARY_PROMOTION_UNSPECIFIED;
            boolean all = step.getPercent() == ALL;
            CanaryPromotion ends = silent && !all ? canary.getPromotion() : step.getPromotion();
            steps.add(
                    new Step(
                            step.getPercent(),
                            step.getCount(),
                            DeclaredTime.of(step.getBake()),
                            ends == CanaryPromotion.BY_HAND,
                            step.getVerificationsList()));
        }
        if (steps.isEmpty()) {
            boolean byHand = canary.getPromotion() == CanaryPromotion.BY_HAND;
            steps.add(
                    new Step(0, Math.max(1, canary.getCount()), Duration.ZERO, byHand, List.of()));
        }
        if (!steps.getLast().all()) {
            steps.add(Step.REST);
        }
        return List.copyOf(steps);
    }

    static Decision decision(Strategy strategy) {
        return strategy.hasBlueGreen()
                ? decision(strategy.getBlueGreen())
                : decision(strategy.getCanary());
    }

    private static Decision decision(CanaryStrategy canary) {
        Duration declared = DeclaredTime.of(canary.getDecisionTimeout());
        return new Decision(declared.isPositive() ? declared : DECISION, canary.getUndecided());
    }

    private static Decision decision(BlueGreenStrategy blueGreen) {
        Duration declared = DeclaredTime.of(blueGreen.getDecisionTimeout());
        return new Decision(declared.isPositive() ? declared : DECISION, blueGreen.getUndecided());
    }

    /**
     * How long it is held at most at one of the steps for which the deployment is paused. Where
     * groups are small, verifications of several steps are taken at one.
     */
    static Duration longestPause(Strategy strategy) {
        if (!strategy.hasCanary()) {
            return Duration.ZERO;
        }
        List<Step> steps = of(strategy.getCanary());
        Duration longest = Duration.ZERO;
        Duration verified = Duration.ZERO;
        for (Step step : steps.subList(1, steps.size() - 1)) {
            Duration decided = step.byHand() ? decision(strategy).timeout() : Duration.ZERO;
            Duration held = step.bake().plus(decided);
            longest = held.compareTo(longest) > 0 ? held : longest;
            verified = step.verifications().isEmpty() ? verified : verified.plus(VERIFICATION);
        }
        return longest.plus(verified);
    }
}
