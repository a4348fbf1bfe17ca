package dev.drover.gateway.promotion;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened in simulations, and how often: one that reaches little proves little. */
final class Happened {
    private final Map<String, Long> counts = new TreeMap<>();
    private final Set<String> noted = new HashSet<>();

    void note(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Counted once for each that it is about. */
    void noteOnce(String about, String what) {
        if (noted.add(about + " " + what)) {
            note(what);
        }
    }

    synchronized void add(Happened more) {
        more.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    /** What of these never happened. */
    List<String> never(Collection<String> wanted) {
        return wanted.stream().filter(one -> !counts.containsKey(one)).sorted().toList();
    }

    /** A line for each. */
    String report() {
        return counts.entrySet().stream()
                .map(one -> "%8d %s%n".formatted(one.getValue(), one.getKey()))
                .collect(Collectors.joining());
    }
}
