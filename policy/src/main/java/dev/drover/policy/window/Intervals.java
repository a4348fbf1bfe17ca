package dev.drover.policy.window;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Arithmetic with sets of intervals. Results are sorted and never touch one another. */
final class Intervals {

    private Intervals() {}

    /** Everything that lies in at least one, cut to the period. */
    static List<Interval> union(Collection<Interval> parts, Instant from, Instant to) {
        List<Interval> merged = new ArrayList<>();
        parts.stream()
                .filter(part -> part.touches(from, to))
                .map(part -> new Interval(later(part.start(), from), earlier(part.end(), to)))
                .sorted(Comparator.comparing(Interval::start))
                .forEach(part -> add(merged, part));
        return merged;
    }

    private static void add(List<Interval> merged, Interval part) {
        if (merged.isEmpty() || merged.getLast().end().isBefore(part.start())) {
            merged.add(part);
            return;
        }
        Interval last = merged.removeLast();
        merged.add(new Interval(last.start(), later(last.end(), part.end())));
    }

    /** What the period has beside the parts, which are a result of {@link #union}. */
    static List<Interval> complement(List<Interval> parts, Instant from, Instant to) {
        List<Interval> free = new ArrayList<>();
        Instant cursor = from;
        for (Interval part : parts) {
            if (cursor.isBefore(part.start())) {
                free.add(new Interval(cursor, part.start()));
            }
            cursor = part.end();
        }
        if (cursor.isBefore(to)) {
            free.add(new Interval(cursor, to));
        }
        return free;
    }

    /** What lies in both, which are results of this class. */
    static List<Interval> intersection(List<Interval> left, List<Interval> right) {
        List<Interval> common = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            Interval a = left.get(i);
            Interval b = right.get(j);
            if (a.touches(b.start(), b.end())) {
                common.add(new Interval(later(a.start(), b.start()), earlier(a.end(), b.end())));
            }
            if (a.end().isBefore(b.end())) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
