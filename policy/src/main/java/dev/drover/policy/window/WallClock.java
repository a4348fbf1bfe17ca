package dev.drover.policy.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * From what a clock on the wall shows to moments. A window is open from the first to the last time
 * that the clock shows what lies in it: a time that is skipped means the moment of the change, and
 * of a time that comes twice the first opens and the second closes.
 */
final class WallClock {

    private WallClock() {}

    static Instant opening(LocalDateTime start, ZoneId zone) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(start);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        // Of two offsets this takes the earlier one.
        return start.atZone(zone).toInstant();
    }

    static Instant closing(LocalDateTime end, ZoneId zone) {
        @Nullable ZoneOffsetTransition change = zone.getRules().getTransition(end);
        if (change == null) {
            return end.atZone(zone).toInstant();
        }
        if (change.isGap()) {
            return change.getInstant();
        }
        // The hour comes again from its very beginning: a window that ends there has no part in it.
        boolean again = end.isAfter(change.getDateTimeAfter());
        return end.toInstant(again ? change.getOffsetAfter() : change.getOffsetBefore());
    }
}
