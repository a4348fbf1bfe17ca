package dev.drover.provider.protocol;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON to untyped values: objects become {@link Value.Entries}, arrays {@link Value.Sequence},
 * numbers stay exact.
 */
final class JsonParser {
    private static final int DEPTH_MAX = 500;

    private final String json;
    private int position;

    private JsonParser(String json) {
        this.json = json;
    }

    static Value parse(String json) {
        JsonParser parser = new JsonParser(json);
        Value value = parser.value(0);
        parser.skipSpace();
        if (parser.position < json.length()) {
            throw parser.unexpected("the end");
        }
        return value;
    }

    private Value value(int depth) {
        if (depth > DEPTH_MAX) {
            throw unexpected("less nesting");
        }
        skipSpace();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Value.Text(string());
            case 't' -> literal("true", Value.bool(true));
            case 'f' -> literal("false", Value.bool(false));
            case 'n' -> literal("null", Absent.NULL);
            default -> number();
        };
    }

    private Value object(int depth) {
        Map<String, Value> entries = new LinkedHashMap<>();
        position++;
        skipSpace();
        while (!skip('}')) {
            if (!entries.isEmpty()) {
                require(',');
                skipSpace();
            }
            String key = string();
            skipSpace();
            require(':');
            entries.put(key, value(depth + 1));
            skipSpace();
        }
        return new Value.Entries(entries);
    }

    private Value array(int depth) {
        List<Value> elements = new ArrayList<>();
        position++;
        skipSpace();
        while (!skip(']')) {
            if (!elements.isEmpty()) {
                require(',');
            }
            elements.add(value(depth + 1));
            skipSpace();
        }
        return new Value.Sequence(elements);
    }

    private String string() {
        require('"');
        StringBuilder text = new StringBuilder();
        while (true) {
            char next = take();
            if (next == '"') {
                return text.toString();
            }
            text.append(next == '\\' ? escape() : next);
        }
    }

    private char escape() {
        char code = take();
        return switch (code) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                position += 4;
                if (position > json.length()) {
                    throw unexpected("four hexadecimal digits");
                }
                yield (char) Integer.parseInt(json, position - 4, position, 16);
            }
            case '"', '\\', '/' -> code;
            default -> throw unexpected("an escape sequence");
        };
    }

    private Value number() {
        int start = position;
        while (position < json.length() && "+-.0123456789eE".indexOf(json.charAt(position)) >= 0) {
            position++;
        }
        if (start == position) {
            throw unexpected("a value");
        }
        return new Value.Decimal(new BigDecimal(json.substring(start, position)));
    }

    private Value literal(String word, Value value) {
        if (!json.startsWith(word, position)) {
            throw unexpected(word);
        }
        position += word.length();
        return value;
    }

    private void skipSpace() {
        while (position < json.length() && " \t\r\n".indexOf(json.charAt(position)) >= 0) {
            position++;
        }
    }

    private boolean skip(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        position++;
        return true;
    }

    private void require(char wanted) {
        if (!skip(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    private char peek() {
        return position < json.length() ? json.charAt(position) : '\0';
    }

    private char take() {
        if (position >= json.length()) {
            throw unexpected("more text");
        }
        return json.charAt(position++);
    }

    private IllegalArgumentException unexpected(String wanted) {
        return new IllegalArgumentException(
                "JSON: " + wanted + " expected at character " + position);
    }
}
