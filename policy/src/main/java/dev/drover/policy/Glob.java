package dev.drover.policy;

/**
 * Patterns of paths: {@code *} is any characters but a slash, {@code **} any characters, {@code ?}
 * one character but a slash. The whole text has to match.
 */
final class Glob {

    private Glob() {}

    /** Takes a step for each character of the pattern and each of the text, never more. */
    static boolean matches(String pattern, String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        int at = 0;
        while (at < pattern.length()) {
            char sign = pattern.charAt(at);
            boolean any = sign == '*' && at + 1 < pattern.length() && pattern.charAt(at + 1) == '*';
            if (sign == '*') {
                widen(reached, text, any);
            } else {
                advance(reached, text, sign);
            }
            at += any ? 2 : 1;
        }
        return reached[text.length()];
    }

    private static void widen(boolean[] reached, String text, boolean slashes) {
        for (int i = 0; i < text.length(); i++) {
            reached[i + 1] |= reached[i] && (slashes || text.charAt(i) != '/');
        }
    }

    private static void advance(boolean[] reached, String text, char sign) {
        for (int i = text.length(); i > 0; i--) {
            char letter = text.charAt(i - 1);
            reached[i] = reached[i - 1] && (sign == '?' ? letter != '/' : letter == sign);
        }
        reached[0] = false;
    }
}
