package dev.drover.gateway.audit;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.TreeMap;

/** JSON as RFC 8785 wants it: sorted keys, no space, and only the escapes that JSON needs. */
final class CanonicalJson {
    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /** Values are strings, longs and maps of these. */
    static ByteString bytes(Map<String, ?> object) {
        CanonicalJson json = new CanonicalJson();
        json.append(object);
        return ByteString.copyFromUtf8(json.out.toString());
    }

    private void append(Object value) {
        switch (value) {
            case String text -> appendString(text);
            case Long number -> out.append(number.longValue());
            case Map<?, ?> map -> appendMap(map);
            default ->
                    throw new IllegalArgumentException(
                            value.getClass() + " has no canonical form here");
        }
    }

    private void appendMap(Map<?, ?> map) {
        // String.compareTo compares UTF-16 code units, which is the order that the RFC demands.
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put((String) key, value));
        char before = '{';
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(before);
            appendString(entry.getKey());
            out.append(':');
            append(entry.getValue());
            before = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void appendString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            appendChar(text.charAt(i));
        }
        out.append('"');
    }

    private void appendChar(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < ' ') {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
