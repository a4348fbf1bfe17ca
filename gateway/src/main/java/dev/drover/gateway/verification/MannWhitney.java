package dev.drover.gateway.verification;

import dev.drover.v1.ComparisonFacts;
import dev.drover.v1.WorseDirection;
import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Compares values of the new allocations with values of the old ones. One-sided: only being worse
 * counts.
 */
final class MannWhitney {
    /** What a ratio by zero is told as. */
    private static final double VERY_LARGE = 1e9;

    private MannWhitney() {}

    /** Both sides have at least one value, and all are numbers. */
    static ComparisonFacts compare(double[] canary, double[] stable, WorseDirection worse) {
        boolean higher = worse == WorseDirection.HIGHER;
        MannWhitneyUTest test =
                MannWhitneyUTest.withDefaults()
                        .with(
                                higher
                                        ? AlternativeHypothesis.GREATER_THAN
                                        : AlternativeHypothesis.LESS_THAN);
        MannWhitneyUTest.Result result = test.test(canary, stable);
        double pairs = (double) canary.length * stable.length;
        double greater = result.getStatistic() / pairs;
        double canaryMedian = median(canary);
        double stableMedian = median(stable);
        return ComparisonFacts.newBuilder()
                // Where all values are equal the test has no answer; nothing is worse then.
                .setPValue(Double.isNaN(result.getPValue()) ? 1 : result.getPValue())
                .setWorseProbability(higher ? greater : 1 - greater)
                .setCanaryMedian(canaryMedian)
                .setStableMedian(stableMedian)
                .setRatio(ratio(canaryMedian, stableMedian))
                .setCanaryCount(canary.length)
                .setStableCount(stable.length)
                .build();
    }

    private static double ratio(double canary, double stable) {
        if (stable == 0) {
            return canary == 0 ? 1 : Math.copySign(VERY_LARGE, canary);
        }
        return canary / stable;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
