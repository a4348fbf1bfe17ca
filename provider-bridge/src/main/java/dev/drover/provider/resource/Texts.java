package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.drover.provider.framework.Attribute.Meaning;
import java.math.BigDecimal;
import java.text.ParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values that are texts in Terraform and messages in the API: durations ({@code 10m}, {@code
 * 600s}), timestamps (RFC 3339) and enum values; compared by what they mean.
 */
final class Texts {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|us|ns|h|m|s)");

    private static final Map<String, BigDecimal> SECONDS =
            Map.of(
                    "h", BigDecimal.valueOf(3600),
                    "m", BigDecimal.valueOf(60),
                    "s", BigDecimal.ONE,
                    "ms", BigDecimal.valueOf(1, 3),
                    "us", BigDecimal.valueOf(1, 6),
                    "ns", BigDecimal.valueOf(1, 9));

    private Texts() {}

    /** The text is not one of its kind; the message says what would be. */
    static final class BadText extends Exception {
        private static final long serialVersionUID = 1L;

        BadText(String message) {
            super(message);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    static FieldDescriptor mapValue(FieldDescriptor map) {
        return map.getMessageType().findFieldByNumber(2);
    }

    static boolean isDuration(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType()
                        .getFullName()
                        .equals(Duration.getDescriptor().getFullName());
    }

    /** Whether a message field is one text in Terraform. */
    static boolean isText(FieldDescriptor field) {
        return isDuration(field) || NounAttributes.isTimestamp(field);
    }

    static Meaning meaning(FieldDescriptor field) {
        return isDuration(field) ? Texts::sameDuration : Texts::sameTimestamp;
    }

    private static boolean sameDuration(String one, String other) {
        try {
            return Durations.compare(duration(one), duration(other)) == 0;
        } catch (BadText e) {
            // Not durations at all: only the same spelling is the same.
            return one.equals(other);
        }
    }

    private static boolean sameTimestamp(String one, String other) {
        try {
            return Timestamps.compare(timestamp(one), timestamp(other)) == 0;
        } catch (BadText e) {
            return one.equals(other);
        }
    }

    /** A text as the message that a field holds. */
    static Message message(FieldDescriptor field, String text) throws BadText {
        return isDuration(field) ? duration(text) : timestamp(text);
    }

    /** A duration or timestamp, generated or dynamic, as a text. */
    static String text(FieldDescriptor field, Message message) {
        long seconds = (Long) message.getField(message.getDescriptorForType().findFieldByNumber(1));
        int nanos = (Integer) message.getField(message.getDescriptorForType().findFieldByNumber(2));
        return isDuration(field)
                ? Durations.toString(
                        Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build())
                : Timestamps.toString(
                        Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build());
    }

    /** A duration as Terraform's users write it. */
    static Duration duration(String text) throws BadText {
        BigDecimal seconds = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            BigDecimal unit = SECONDS.getOrDefault(part.group(2), BigDecimal.ZERO);
            seconds = seconds.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        if (end == 0 || end != text.length() || seconds.precision() - seconds.scale() > 11) {
            throw new BadText("\"" + text + "\" is no duration; write one like 90s, 10m or 1h30m");
        }
        return Duration.newBuilder()
                .setSeconds(seconds.longValue())
                .setNanos(seconds.remainder(BigDecimal.ONE).movePointRight(9).intValue())
                .build();
    }

    private static Timestamp timestamp(String text) throws BadText {
        try {
            return Timestamps.parse(text);
        } catch (ParseException e) {
            throw new BadText("\"" + text + "\" is no time; write one like 2030-01-31T08:00:00Z");
        }
    }

    /** The enum value that a text names. */
    static EnumValueDescriptor enumValue(FieldDescriptor field, String text) throws BadText {
        EnumValueDescriptor value = field.getEnumType().findValueByName(text);
        if (value == null || value.getNumber() == 0) {
            String known =
                    field.getEnumType().getValues().stream()
                            .filter(one -> one.getNumber() != 0)
                            .map(EnumValueDescriptor::getName)
                            .collect(Collectors.joining(", "));
            throw new BadText("\"" + text + "\" is not one of " + known);
        }
        return value;
    }
}
