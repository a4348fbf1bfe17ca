package dev.drover.cli;

/**
 * Makes texts of others safe to be shown on a terminal: what a jobspec, a rule or Nomad says may
 * hold characters that clear the screen, hide words or turn their direction.
 */
final class Shown {
    private Shown() {}

    /** The same with such characters written as {@code \\u001b}; lines stay lines. */
    static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> character(point, shown));
        return shown.toString();
    }

    private static void character(int point, StringBuilder shown) {
        boolean line = point == '\n' || point == '\t';
        if (!line && (Character.isISOControl(point) || turnsDirection(point))) {
            shown.append("\\u%04x".formatted(point));
        } else {
            shown.appendCodePoint(point);
        }
    }

    private static boolean turnsDirection(int point) {
        return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    }
}
