package dev.drover.gateway.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.v1.ComparisonFacts;
import dev.drover.v1.WorseDirection;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
    private static final double[] LOW = {1, 2, 3, 4, 5};
    private static final double[] HIGH = {6, 7, 8, 9, 10};

    @Test
    void allHigherIsTheSmallestProbabilityThatFiveAndFiveAllow() {
        ComparisonFacts facts = MannWhitney.compare(HIGH, LOW, WorseDirection.HIGHER);
        // One of the 252 ways to choose 5 of 10.
        assertThat(facts.getPValue()).isCloseTo(1.0 / 252, within(1e-9));
        assertThat(facts.getWorseProbability()).isEqualTo(1);
        assertThat(facts.getCanaryMedian()).isEqualTo(8);
        assertThat(facts.getStableMedian()).isEqualTo(3);
        assertThat(facts.getRatio()).isCloseTo(8.0 / 3, within(1e-9));
        assertThat(facts.getCanaryCount()).isEqualTo(5);
    }

    @Test
    void beingBetterIsNotBeingWorse() {
        ComparisonFacts facts = MannWhitney.compare(HIGH, LOW, WorseDirection.LOWER);
        assertThat(facts.getPValue()).isCloseTo(1, within(1e-9));
        assertThat(facts.getWorseProbability()).isZero();
    }

    @Test
    void theSameTwiceIsNoDifference() {
        ComparisonFacts facts = MannWhitney.compare(LOW, LOW, WorseDirection.HIGHER);
        assertThat(facts.getPValue()).isBetween(0.4, 0.7);
        assertThat(facts.getWorseProbability()).isEqualTo(0.5);
        assertThat(facts.getRatio()).isEqualTo(1);
    }

    @Test
    void onlyEqualValuesAreNoDifferenceEither() {
        double[] zeros = new double[20];
        ComparisonFacts facts = MannWhitney.compare(zeros, zeros, WorseDirection.HIGHER);
        assertThat(facts.getPValue()).isBetween(0.5, 1.0);
        assertThat(facts.getRatio()).isEqualTo(1);
    }

    @Test
    void errorsWhereThereWereNoneAreAVeryLargeRatio() {
        assertThat(MannWhitney.compare(LOW, new double[5], WorseDirection.HIGHER).getRatio())
                .isEqualTo(1e9);
    }

    @Test
    void aShiftIsFoundInNoiseAndNoiseAloneIsNot() {
        Random random = new Random(7);
        double[] stable = noise(random, 100);
        double[] same = noise(random, 100);
        double[] slower = DoubleStream.of(noise(random, 100)).map(value -> value + 1).toArray();
        assertThat(MannWhitney.compare(same, stable, WorseDirection.HIGHER).getPValue())
                .isGreaterThan(0.01);
        assertThat(MannWhitney.compare(slower, stable, WorseDirection.HIGHER).getPValue())
                .isLessThan(1e-6);
    }

    private static double[] noise(Random random, int count) {
        return DoubleStream.generate(() -> 10 + random.nextGaussian()).limit(count).toArray();
    }
}
