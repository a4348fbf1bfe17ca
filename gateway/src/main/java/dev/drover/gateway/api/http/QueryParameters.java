package dev.drover.gateway.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts texts from the path and the query into the fields of a request. */
final class QueryParameters {
    private QueryParameters() {}

    /** The parameters of a query string, in order, decoded. */
    static Map<String, List<String>> parse(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(decodeForm(key), k -> new ArrayList<>())
                        .add(decodeForm(value));
            }
        }
        return parameters;
    }

    /** Text of a path, where a plus is a plus. */
    static String decodePath(String text) {
        return decodeForm(text.replace("+", "%2B"));
    }

    private static String decodeForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new GatewayException(
                    Reason.MALFORMED_REQUEST,
                    "`" + text + "` in the address is not percent-encoded text",
                    ErrorDetails.NONE,
                    e);
        }
    }

    /** Puts one parameter where it belongs; its name may be a dotted path. */
    static void set(Message.Builder request, String name, List<String> values) {
        Message.Builder holder = request;
        List<String> names = List.of(name.split("\\.", -1));
        for (String outer : names.subList(0, names.size() - 1)) {
            FieldDescriptor field = field(holder, outer, name);
            if (!Fields.isPlainMessage(field) || field.isRepeated()) {
                throw GatewayException.invalidField(name, field.getName() + " has no fields");
            }
            holder = holder.getFieldBuilder(field);
        }
        set(holder, field(holder, names.getLast(), name), name, values);
    }

    private static void set(
            Message.Builder holder, FieldDescriptor field, String name, List<String> values) {
        if (Fields.isPlainMessage(field) || field.isMapField()) {
            throw GatewayException.invalidField(
                    name, "cannot be a parameter; name one of its fields, or send it in the body");
        }
        if (values.size() > 1 && !field.isRepeated()) {
            throw GatewayException.invalidField(name, "is given " + values.size() + " times");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (field.isRepeated()) {
            values.forEach(json.putArray(field.getJsonName())::add);
        } else {
            json.put(field.getJsonName(), values.getFirst());
        }
        try {
            JsonFormat.parser().merge(json.toString(), holder.clearField(field));
        } catch (InvalidProtocolBufferException e) {
            throw GatewayException.invalidField(name, Text.ofValueError(e));
        }
    }

    private static FieldDescriptor field(Message.Builder holder, String part, String whole) {
        return Fields.find(holder.getDescriptorForType(), part)
                .orElseThrow(() -> unknown(holder, part, whole));
    }

    private static GatewayException unknown(Message.Builder holder, String part, String whole) {
        String problem =
                "there is no parameter %s%s"
                        .formatted(whole, Fields.suggestion(holder.getDescriptorForType(), part));
        return new GatewayException(
                Reason.UNKNOWN_FIELD, problem, ErrorDetails.field(whole, problem));
    }
}
