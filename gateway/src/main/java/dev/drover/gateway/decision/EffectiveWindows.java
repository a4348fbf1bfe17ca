package dev.drover.gateway.decision;

import dev.drover.policy.window.Interval;
import dev.drover.policy.window.OpenTimes;
import dev.drover.v1.EffectiveWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What several window rules leave open together, piece by piece, and who closes the rest. */
final class EffectiveWindows {

    private final Map<String, OpenTimes> rules;
    private final OpenTimes all;

    /**
     * Of these.
     *
     * @param rules that count, by name
     */
    EffectiveWindows(Map<String, OpenTimes> rules) {
        this.rules = new TreeMap<>(rules);
        this.all = new OpenTimes.All(List.copyOf(this.rules.values()));
    }

    OpenTimes all() {
        return all;
    }

    /** A period, cut wherever a rule changes its mind. */
    List<EffectiveWindow> pieces(Instant from, Instant to) {
        Map<String, List<Interval>> open = new TreeMap<>();
        TreeSet<Instant> cuts = new TreeSet<>(List.of(from, to));
        rules.forEach((name, times) -> {
            List<Interval> intervals = times.between(from, to);
            open.put(name, intervals);
            intervals.forEach(interval -> {
                cuts.add(interval.start());
                cuts.add(interval.end());
            });
        });
        List<EffectiveWindow> pieces = new ArrayList<>();
        Instant start = from;
        for (Instant end : cuts.tailSet(from, false)) {
            pieces.add(piece(open, start, end));
            start = end;
        }
        return pieces;
    }

    private static EffectiveWindow piece(
            Map<String, List<Interval>> open, Instant start, Instant end) {
        List<String> closed =
                open.entrySet().stream()
                        .filter(rule ->
                                rule.getValue().stream().noneMatch(one -> one.contains(start)))
                        .map(Map.Entry::getKey)
                        .toList();
        return EffectiveWindow.newBuilder()
                .setStartTime(PolicyInputs.timestamp(start))
                .setEndTime(PolicyInputs.timestamp(end))
                .setOpen(closed.isEmpty())
                .addAllClosedBy(closed)
                .build();
    }

    /**
     * Why nothing is open within the horizon: the fewest rules that suffice; empty: something is.
     */
    String neverOpen(Instant from) {
        if (all.nextOpen(from).isPresent()) {
            return "";
        }
        List<String> names = List.copyOf(rules.keySet());
        for (String name : names) {
            if (times(name).nextOpen(from).isEmpty()) {
                return told(from) + name + " does not open by itself";
            }
        }
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                OpenTimes both =
                        new OpenTimes.All(List.of(times(names.get(i)), times(names.get(j))));
                if (both.nextOpen(from).isEmpty()) {
                    return told(from)
                            + "%s and %s are never open at the same time"
                                    .formatted(names.get(i), names.get(j));
                }
            }
        }
        return told(from)
                + "these are never all open at the same time: "
                + String.join(", ", names);
    }

    private OpenTimes times(String name) {
        OpenTimes times = rules.get(name);
        if (times == null) {
            throw new IllegalArgumentException("no rule " + name);
        }
        return times;
    }

    private static String told(Instant from) {
        return "nothing may run in the ten years from " + from + ": ";
    }
}
