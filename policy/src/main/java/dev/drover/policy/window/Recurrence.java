package dev.drover.policy.window;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/** When something begins again and again, as a clock on the wall shows it. */
public sealed interface Recurrence permits RecurrenceRule, Cron {

    /** Years that are searched for a first time before a recurrence counts as one without any. */
    int SEARCHED_YEARS = 100;

    /**
     * Its beginnings in a period, in order, each once.
     *
     * @param from the first moment that counts
     * @param to the first that does not
     */
    Stream<LocalDateTime> between(LocalDateTime from, LocalDateTime to);

    /** The first beginning within a hundred years; empty: it never happens. */
    default Optional<LocalDateTime> first(LocalDateTime from) {
        return between(from, from.plusYears(SEARCHED_YEARS)).findFirst();
    }
}
