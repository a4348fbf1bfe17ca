package dev.drover.policy;

import com.google.protobuf.MessageOrBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints values as an expression would write them, short enough to be read in a list. */
final class ValueText {

    private static final int LONGEST = 200;
    private static final int ELEMENTS = 10;

    private ValueText() {}

    static String of(Object value) {
        String text = whole(value);
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
    }

    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> out.append(escaped(point)));
        return out.append('"').toString();
    }

    private static String whole(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Instant time -> time.toString();
            case Duration duration -> duration(duration);
            case Map<?, ?> map ->
                    elements(
                            map.entrySet(),
                            "{",
                            "}",
                            e -> whole(e.getKey()) + ": " + whole(e.getValue()));
            case Collection<?> list -> elements(list, "[", "]", ValueText::whole);
            case MessageOrBuilder message -> message(message);
            default -> value.toString();
        };
    }

    private static <T> String elements(
            Collection<T> all, String open, String close, Function<T, String> print) {
        String more = all.size() > ELEMENTS ? ", ... " + (all.size() - ELEMENTS) + " more" : "";
        return all.stream()
                .limit(ELEMENTS)
                .map(print)
                .collect(Collectors.joining(", ", open, more + close));
    }

    private static String message(MessageOrBuilder message) {
        return message.getAllFields().entrySet().stream()
                .map(field -> field.getKey().getName() + ": " + whole(field.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** As CEL takes it: hours, minutes and seconds. */
    private static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        Duration length = duration.abs();
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        append(text, length.toHours(), "h");
        append(text, length.toMinutesPart(), "m");
        if (length.toNanosPart() != 0) {
            String fraction = String.format("%09d", length.toNanosPart()).replaceAll("0+$", "");
            text.append(length.toSecondsPart()).append('.').append(fraction).append('s');
        } else {
            append(text, length.toSecondsPart(), "s");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    private static String escaped(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default ->
                    Character.isISOControl(point)
                            ? String.format("\\u%04x", point)
                            : Character.toString(point);
        };
    }
}
