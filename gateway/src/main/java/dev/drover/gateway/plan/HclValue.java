package dev.drover.gateway.plan;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values of variables as HCL expressions that mean exactly the same. */
final class HclValue {

    private HclValue() {}

    static String expression(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> "null";
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> quoted(value.getStringValue());
            case LIST_VALUE ->
                    value.getListValue().getValuesList().stream()
                            .map(HclValue::expression)
                            .collect(Collectors.joining(", ", "[", "]"));
            case STRUCT_VALUE -> object(value.getStructValue());
        };
    }

    private static String object(Struct struct) {
        return new TreeMap<>(struct.getFieldsMap())
                .entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + " = " + expression(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String number(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /**
     * A quoted text. Every dollar and percent sign is written as its code point, because HCL's own
     * escape of a template, the doubled sign, is read differently after a third one.
     */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> append(quoted, (char) character));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, char character) {
        switch (character) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (character < ' ' || character == '$' || character == '%' || character == 0x7f) {
                    quoted.append("\\u%04x".formatted((int) character));
                } else {
                    quoted.append(character);
                }
            }
        }
    }
}
