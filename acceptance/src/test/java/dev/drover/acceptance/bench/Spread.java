package dev.drover.acceptance.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of one thing, again and again, in one unit. */
final class Spread {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** Milliseconds since a time of {@link System#nanoTime}. */
    static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
    }

    double median() {
        return at(0.5);
    }

    /** The smallest value that is at least as large as this part of all. */
    double at(double part) {
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(part * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    double max() {
        return at(1);
    }

    int count() {
        return values.size();
    }

    /** Median, then the least and the most. */
    @Override
    public String toString() {
        return "%s (%s–%s)".formatted(number(median()), number(at(0)), number(max()));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f" : "%.0f", value);
    }
}
