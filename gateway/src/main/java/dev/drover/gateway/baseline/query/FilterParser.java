package dev.drover.gateway.baseline.query;

import dev.drover.gateway.baseline.query.FilterNode.Argument;
import dev.drover.gateway.baseline.query.FilterNode.Name;
import dev.drover.gateway.baseline.query.FilterNode.Operator;
import dev.drover.gateway.error.GatewayException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive descent over the grammar of AIP-160. OR binds tighter than AND, and a space between two
 * restrictions is an AND that binds tighter than both.
 */
final class FilterParser {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_DEPTH = 32;
    private static final String NAME_ENDS = " \t\r\n.()<>=!:,\"'";
    private static final String VALUE_ENDS = " \t\r\n()<>=!,\"'";

    private final String text;
    private int at;
    private int depth;

    private FilterParser(String text) {
        this.text = text;
    }

    static FilterNode parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw QueryErrors.of(
                    "filter", "has " + text.length() + " characters; at most " + MAX_LENGTH);
        }
        FilterParser parser = new FilterParser(text);
        parser.space();
        if (parser.at == text.length()) {
            return new FilterNode.All(List.of());
        }
        FilterNode node = parser.expression();
        if (parser.at < text.length()) {
            throw parser.wrong("'" + parser.peek() + "' has nothing to belong to");
        }
        return node;
    }

    private FilterNode expression() {
        List<FilterNode> parts = new ArrayList<>();
        parts.add(sequence());
        while (keyword("AND")) {
            parts.add(sequence());
        }
        return parts.size() == 1 ? parts.getFirst() : new FilterNode.All(parts);
    }

    private FilterNode sequence() {
        List<FilterNode> parts = new ArrayList<>();
        do {
            parts.add(factor());
        } while (at < text.length() && peek() != ')' && !ahead("AND"));
        return parts.size() == 1 ? parts.getFirst() : new FilterNode.All(parts);
    }

    private FilterNode factor() {
        List<FilterNode> parts = new ArrayList<>();
        parts.add(term());
        while (keyword("OR")) {
            parts.add(term());
        }
        return parts.size() == 1 ? parts.getFirst() : new FilterNode.Any(parts);
    }

    private FilterNode term() {
        if (keyword("NOT")) {
            return new FilterNode.Not(simple());
        }
        if (at < text.length() && peek() == '-') {
            at++;
            return new FilterNode.Not(simple());
        }
        return simple();
    }

    private FilterNode simple() {
        if (at >= text.length()) {
            throw wrong("ends where a restriction is expected, for example labels.tier = \"prod\"");
        }
        if (peek() != '(') {
            return restriction();
        }
        if (++depth > MAX_DEPTH) {
            throw wrong("more than " + MAX_DEPTH + " parentheses in one another");
        }
        int open = at++;
        space();
        FilterNode inner = expression();
        if (at >= text.length() || peek() != ')') {
            throw QueryErrors.at("filter", open, "'(' is never closed");
        }
        at++;
        space();
        depth--;
        return inner;
    }

    private FilterNode restriction() {
        List<Name> path = new ArrayList<>();
        path.add(name());
        while (at < text.length() && peek() == '.') {
            at++;
            path.add(name());
        }
        if (at < text.length() && peek() == '(') {
            throw wrong("functions are not supported");
        }
        space();
        for (Operator operator : Operator.values()) {
            if (text.startsWith(operator.sign, at)) {
                at += operator.sign.length();
                space();
                return new FilterNode.Restriction(path, operator, argument());
            }
        }
        throw QueryErrors.at(
                "filter",
                path.getFirst().offset(),
                "'"
                        + path.getFirst().text()
                        + "' stands alone; write a field, an operator and a value, for example"
                        + " labels.tier = \"prod\"");
    }

    private Name name() {
        int start = at;
        if (at < text.length() && (peek() == '"' || peek() == '\'')) {
            return new Name(quoted(), start);
        }
        String word = until(NAME_ENDS);
        if (word.isEmpty()) {
            throw wrong("a field name is expected");
        }
        return new Name(word, start);
    }

    private Argument argument() {
        int start = at;
        boolean quoted = at < text.length() && (peek() == '"' || peek() == '\'');
        String value = quoted ? quoted() : until(VALUE_ENDS);
        if (!quoted && value.isEmpty()) {
            throw wrong("a value is expected");
        }
        space();
        return new Argument(value, quoted, start);
    }

    private String quoted() {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && peek() != quote) {
            if (peek() == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw QueryErrors.at("filter", start, "the text that begins here is never closed");
        }
        at++;
        return value.toString();
    }

    private String until(String ends) {
        int start = at;
        while (at < text.length() && ends.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean keyword(String word) {
        if (!ahead(word)) {
            return false;
        }
        at += word.length();
        space();
        return true;
    }

    // A keyword ends at a space or a parenthesis; `ORDER = 1` begins with a field.
    private boolean ahead(String word) {
        int end = at + word.length();
        return text.startsWith(word, at)
                && (end == text.length()
                        || Character.isWhitespace(text.charAt(end))
                        || text.charAt(end) == '(');
    }

    private char peek() {
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(peek())) {
            at++;
        }
    }

    private GatewayException wrong(String why) {
        return QueryErrors.at("filter", at, why);
    }
}
