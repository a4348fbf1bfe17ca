package dev.drover.policy.window;

import java.time.LocalTime;
import java.util.List;
import java.util.Set;

/**
 * At what times of a day, and which of all beginnings of a period.
 *
 * @param positions BYSETPOS; empty: all
 */
record TimeParts(List<LocalTime> all, Set<Integer> positions) {
    TimeParts {
        all = all.stream().sorted().distinct().toList();
        positions = Set.copyOf(positions);
    }
}
