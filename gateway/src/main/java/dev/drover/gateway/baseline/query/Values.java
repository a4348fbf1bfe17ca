package dev.drover.gateway.baseline.query;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.baseline.query.FilterNode.Argument;
import dev.drover.gateway.error.GatewayException;
import java.math.BigDecimal;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Field values as things that can be compared, and literals read as the field's type. */
final class Values {
    private static final String TIMESTAMP = "google.protobuf.Timestamp";
    private static final String DURATION = "google.protobuf.Duration";

    private Values() {}

    /** Whether values of this field have an order. */
    static boolean comparable(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> isTime(field) || isDuration(field);
            case BYTE_STRING -> false;
            default -> true;
        };
    }

    /** A value of such a field. Enums are compared by number. */
    static Comparable<?> of(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case STRING -> (String) value;
            case BOOLEAN -> (Boolean) value;
            case ENUM -> new BigDecimal(((EnumValueDescriptor) value).getNumber());
            case MESSAGE -> time(field, (Message) value);
            default -> new BigDecimal(value.toString());
        };
    }

    /** A literal as a value of such a field; refused where it is none. */
    static Comparable<?> parse(FieldDescriptor field, Argument argument) {
        String text = argument.text();
        Optional<Comparable<?>> value =
                switch (field.getJavaType()) {
                    case STRING -> Optional.of(text);
                    case BOOLEAN -> bool(text);
                    case ENUM -> enumNumber(field.getEnumType(), text);
                    case MESSAGE -> isTime(field) ? instant(text) : duration(text);
                    default -> number(text);
                };
        return value.orElseThrow(() -> mistyped(field, argument));
    }

    private static GatewayException mistyped(FieldDescriptor field, Argument argument) {
        String wanted =
                switch (field.getJavaType()) {
                    case BOOLEAN -> "true or false";
                    case ENUM ->
                            "one of "
                                    + field.getEnumType().getValues().stream()
                                            .map(EnumValueDescriptor::getName)
                                            .collect(Collectors.joining(", "));
                    case MESSAGE ->
                            isTime(field)
                                    ? "a time such as \"2026-11-21T08:00:00Z\""
                                    : "a duration such as 90s";
                    default -> "a number";
                };
        return QueryErrors.at(
                "filter",
                argument.offset(),
                "'" + argument.text() + "' is not a value of " + field.getName() + ": " + wanted);
    }

    private static boolean isTime(FieldDescriptor field) {
        return field.getMessageType().getFullName().equals(TIMESTAMP);
    }

    private static boolean isDuration(FieldDescriptor field) {
        return field.getJavaType() == JavaType.MESSAGE
                && field.getMessageType().getFullName().equals(DURATION);
    }

    private static Comparable<?> time(FieldDescriptor field, Message value) {
        var type = value.getDescriptorForType();
        long seconds = (Long) value.getField(type.findFieldByName("seconds"));
        int nanos = (Integer) value.getField(type.findFieldByName("nanos"));
        return isTime(field)
                ? Instant.ofEpochSecond(seconds, nanos)
                : Duration.ofSeconds(seconds, nanos);
    }

    private static Optional<Comparable<?>> bool(String text) {
        return text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
    }

    private static Optional<Comparable<?>> enumNumber(EnumDescriptor type, String text) {
        return Optional.ofNullable(type.findValueByName(text))
                .map(value -> new BigDecimal(value.getNumber()));
    }

    private static Optional<Comparable<?>> number(String text) {
        try {
            return text.length() > 40 ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Comparable<?>> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<Comparable<?>> duration(String text) {
        try {
            var duration = Durations.parse(text);
            return Optional.of(Duration.ofSeconds(duration.getSeconds(), duration.getNanos()));
        } catch (ParseException notADuration) {
            return Optional.empty();
        }
    }
}
