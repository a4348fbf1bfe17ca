package dev.drover.cli;

import dev.drover.v1.Suspension;

/** A suspension in one line. */
final class SuspensionText {
    private SuspensionText() {}

    static String told(Suspension one) {
        return "%s: %s since %s by %s%s%s: %s"
                .formatted(
                        one.getName(),
                        what(one),
                        Times.text(one.getCreateTime()),
                        one.getAuthor(),
                        one.hasExpireTime() ? ", until " + Times.text(one.getExpireTime()) : "",
                        one.getHalts() == Suspension.Halts.ROLLOUTS ? ", rollouts too" : "",
                        one.getReason());
    }

    private static String what(Suspension one) {
        if (!one.getRelease().isEmpty()) {
            return "%s is pinned to %s"
                    .formatted(one.getScope(), Names.shortRelease(one.getRelease()));
        }
        String where = one.getScope().isEmpty() ? "everywhere" : "in " + one.getScope();
        return one.getApplication().isEmpty()
                ? "the line is stopped " + where
                : "%s is held %s".formatted(one.getApplication(), where);
    }
}
