package dev.drover.gateway.suspension;

import dev.drover.v1.Suspension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells a suspension in one line. */
public final class SuspensionText {
    private SuspensionText() {}

    /** What is halted where, since when and until when, by whom, and why. */
    public static String told(Suspension suspension) {
        return "%s since %s by %s%s: %s"
                .formatted(
                        what(suspension),
                        Instant.ofEpochSecond(suspension.getCreateTime().getSeconds()),
                        suspension.getAuthor(),
                        Suspensions.end(suspension)
                                .map(end -> ", until " + end.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(""),
                        suspension.getReason());
    }

    private static String what(Suspension suspension) {
        String where =
                suspension.getScope().isEmpty() ? "everywhere" : "in " + suspension.getScope();
        if (!suspension.getRelease().isEmpty()) {
            return suspension.getScope() + " is pinned to " + suspension.getRelease();
        }
        return suspension.getApplication().isEmpty()
                ? "the line is stopped " + where
                : suspension.getApplication() + " is held " + where;
    }
}
