package dev.drover.gateway.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether an expression lets more pass than another, as far as their texts tell: by their parts
 * that are joined with {@code &&}.
 */
enum ExpressionComparison {
    SAME,
    STRICTER,
    WEAKER,
    UNKNOWN;

    static ExpressionComparison of(String before, String after) {
        List<String> was = parts(before);
        List<String> is = parts(after);
        boolean allKept = is.containsAll(was);
        boolean nothingNew = was.containsAll(is);
        if (allKept) {
            return nothingNew ? SAME : STRICTER;
        }
        return nothingNew ? WEAKER : UNKNOWN;
    }

    /** The parts that must all be true, each without white space that means nothing. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean whole = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int end = endOfString(text, i);
                part.append(text, i, end);
                i = end - 1;
            } else if (c == '/' && text.startsWith("//", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                space(text, i, part);
            } else if (depth == 0 && c == '&' && text.startsWith("&&", i)) {
                parts.add(part.toString().strip());
                part.setLength(0);
                i++;
            } else {
                whole |= depth == 0 && (c == '?' || text.startsWith("||", i));
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        // "a && b || c" is not "a" and "b || c".
        return whole ? List.of(String.join("&&", parts)) : parts;
    }

    /** One space where two words would become one; none otherwise. */
    private static void space(String text, int at, StringBuilder part) {
        boolean before = !part.isEmpty() && word(part.charAt(part.length() - 1));
        boolean after = at + 1 < text.length() && word(text.charAt(at + 1));
        if (before && after) {
            part.append(' ');
        }
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static int endOfString(String text, int start) {
        char quote = text.charAt(start);
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = text.startsWith(triple, start);
        boolean raw = start > 0 && "rR".indexOf(text.charAt(start - 1)) >= 0;
        int i = start + (isTriple ? 3 : 1);
        while (i < text.length()) {
            if (text.charAt(i) == '\\' && !raw) {
                i += 2;
            } else if (isTriple ? text.startsWith(triple, i) : text.charAt(i) == quote) {
                return i + (isTriple ? 3 : 1);
            } else {
                i++;
            }
        }
        return text.length();
    }
}
