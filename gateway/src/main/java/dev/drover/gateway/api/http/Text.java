package dev.drover.gateway.api.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.regex.Pattern;

/** What parsers say, made fit for the people who wrote the JSON. */
final class Text {
    private static final Pattern CLASS_NAME = Pattern.compile("^[\\w.$]+(Exception|Error): ");
    private static final Pattern SOURCE =
            Pattern.compile(
                    " \\(start marker at .*\\)?|\\[Source.*|: enable `.*|, from `[\\w.()]+`");

    private Text() {}

    static String at(JsonLocation where) {
        return " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    }

    static String ofSyntaxError(JsonProcessingException e) {
        return SOURCE.matcher(e.getOriginalMessage()).replaceAll("").strip();
    }

    static String ofValueError(InvalidProtocolBufferException e) {
        return CLASS_NAME.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    }
}
