package dev.drover.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Timestamp;
import dev.cel.common.types.CelType;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints values as an expression would write them; what is longer than a glance is cut, before it
 * is printed.
 */
final class ValueText {

    private static final int LONGEST = 240;

    private final StringBuilder out = new StringBuilder();

    private ValueText() {}

    static String of(Object value) {
        ValueText text = new ValueText();
        text.value(value);
        if (text.out.length() <= LONGEST) {
            return text.out.toString();
        }
        int end = Character.isHighSurrogate(text.out.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.out.substring(0, end) + "...";
    }

    /** A text in quotes, with escapes, whole. */
    static String quoted(String text) {
        ValueText quoted = new ValueText();
        quoted.quote(text);
        return quoted.out.toString();
    }

    private boolean full() {
        return out.length() > LONGEST;
    }

    private void value(Object value) {
        switch (value) {
            case String text ->
                    quote(text.length() > LONGEST + 1 ? text.substring(0, LONGEST + 1) : text);
            case Duration duration -> duration(duration);
            case Map<?, ?> map -> map(map);
            case Iterable<?> list -> list(list);
            case Timestamp time ->
                    out.append(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
            case com.google.protobuf.Duration length ->
                    duration(Duration.ofSeconds(length.getSeconds(), length.getNanos()));
            case MessageOrBuilder message -> message(message);
            case CelType type -> out.append(type.name());
            default -> out.append(value);
        }
    }

    private void list(Iterable<?> list) {
        String separator = "[";
        Iterator<?> elements = list.iterator();
        while (elements.hasNext() && !full()) {
            out.append(separator);
            value(elements.next());
            separator = ", ";
        }
        out.append(separator.equals("[") ? "[]" : "]");
    }

    private void map(Map<?, ?> map) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (full()) {
                break;
            }
            out.append(separator);
            value(entry.getKey());
            out.append(": ");
            value(entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void message(MessageOrBuilder message) {
        out.append('{');
        String separator = "";
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (full()) {
                break;
            }
            out.append(separator).append(field.getKey().getName()).append(": ");
            if (field.getKey().isMapField()) {
                map(entries((List<?>) field.getValue()));
            } else {
                value(field.getValue());
            }
            separator = ", ";
        }
        out.append('}');
    }

    private static Map<?, ?> entries(List<?> entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
            map.put(pair.getKey(), pair.getValue());
        }
        return map;
    }

    /** As CEL takes it: hours, minutes and seconds. */
    private void duration(Duration duration) {
        Duration length = duration.abs();
        out.append(duration.isNegative() ? "-" : "");
        amount(length.toHours(), "h");
        amount(length.toMinutesPart(), "m");
        if (length.toNanosPart() != 0) {
            String fraction = String.format(Locale.ROOT, "%09d", length.toNanosPart());
            out.append(length.toSecondsPart()).append('.');
            out.append(fraction.replaceAll("0+$", "")).append('s');
        } else if (length.toSecondsPart() != 0 || length.isZero()) {
            out.append(length.toSecondsPart()).append('s');
        }
    }

    private void amount(long amount, String unit) {
        if (amount != 0) {
            out.append(amount).append(unit);
        }
    }

    private void quote(String text) {
        out.append('"');
        text.codePoints().forEach(this::character);
        out.append('"');
    }

    private void character(int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (Character.isISOControl(point)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", point));
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
