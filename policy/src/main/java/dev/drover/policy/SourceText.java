package dev.drover.policy;

import java.util.List;

/**
 * The text of an expression by offset, line and column, all in code points as the parser counts
 * them.
 */
record SourceText(String text, List<String> lines) {

    private static final int EXCERPT_WIDTH = 100;

    static SourceText of(String text) {
        return new SourceText(text, List.of(text.split("\n", -1)));
    }

    Position position(int offset) {
        int left = offset;
        for (int line = 0; line < lines.size(); line++) {
            int length = lines.get(line).codePointCount(0, lines.get(line).length());
            if (left <= length) {
                return new Position(line + 1, left + 1);
            }
            left -= length + 1;
        }
        return Position.START;
    }

    /** The line at the position with a caret below; long lines are cut around the column. */
    String excerpt(Position position) {
        if (position.line() > lines.size()) {
            return "";
        }
        int[] points =
                lines.get(position.line() - 1).codePoints().map(SourceText::visible).toArray();
        int at = Math.min(position.column() - 1, points.length);
        int from = Math.max(0, at - EXCERPT_WIDTH / 2);
        int to = Math.min(points.length, from + EXCERPT_WIDTH);
        return new String(points, from, to - from) + "\n" + " ".repeat(at - from) + "^";
    }

    /**
     * The identifier or operator sign that starts at the position, empty at the end of the line.
     */
    String wordAt(Position position) {
        if (position.line() > lines.size()) {
            return "";
        }
        String line = lines.get(position.line() - 1);
        int start =
                line.offsetByCodePoints(
                        0, Math.min(position.column() - 1, line.codePointCount(0, line.length())));
        int end = start;
        while (end < line.length() && Character.isUnicodeIdentifierPart(line.charAt(end))) {
            end++;
        }
        return line.substring(start, end);
    }

    /** The identifier that ends before the position, blanks apart; empty where there is none. */
    String wordBefore(Position position) {
        String line = lines.get(Math.min(position.line(), lines.size()) - 1);
        int points = Math.min(position.column() - 1, line.codePointCount(0, line.length()));
        String before = line.substring(0, line.offsetByCodePoints(0, points)).stripTrailing();
        int start = before.length();
        while (start > 0 && Character.isUnicodeIdentifierPart(before.charAt(start - 1))) {
            start--;
        }
        return before.substring(start);
    }

    /** The checker points at the parenthesis of a call; users look for the name before it. */
    Position startOfName(String name, Position parenthesis) {
        Position start =
                new Position(parenthesis.line(), Math.max(1, parenthesis.column() - name.length()));
        return wordAt(start).equals(name) ? start : parenthesis;
    }

    /** The checker points at the dot of a field; users look for the name behind it. */
    Position nameAfterDot(Position dot) {
        Position name = new Position(dot.line(), dot.column() + 1);
        return wordAt(name).isEmpty() ? dot : name;
    }

    private static int visible(int point) {
        return Character.isISOControl(point) ? ' ' : point;
    }
}
