package dev.drover.gateway.baseline.query;

import java.util.List;

/**
 * Text with {@code *} for anything; matched without a regular expression, so that no filter is
 * slow.
 *
 * @param parts what stands between the stars
 */
record Wildcard(List<String> parts) {
    static Wildcard of(String text) {
        return new Wildcard(List.of(text.split("\\*", -1)));
    }

    boolean matches(String value) {
        String first = parts.getFirst();
        String last = parts.getLast();
        if (value.length() < first.length() + last.length()
                || !value.startsWith(first)
                || !value.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = value.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = value.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
