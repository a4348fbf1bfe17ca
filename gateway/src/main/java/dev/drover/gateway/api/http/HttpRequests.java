package dev.drover.gateway.api.http;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the request message of an HTTP request: body first, then query; the path has the last word.
 */
final class HttpRequests {
    private static final String MASK = "update_mask";
    // They say which resource and which version of it is meant; they are not what changes.
    private static final Set<String> NEVER_IN_MASK = Set.of("name", "etag");

    private HttpRequests() {}

    static Message read(HttpRoutes.Match match, String query, byte[] body) {
        HttpRoute route = match.route();
        Message.Builder request = route.method().request().newBuilderForType();
        Map<String, List<String>> parameters = QueryParameters.parse(query);
        readBody(route, request, body);
        if (!route.body().equals("*")) {
            parameters.forEach((name, values) -> QueryParameters.set(request, name, values));
        } else if (!parameters.isEmpty()) {
            throw new GatewayException(
                    Reason.UNKNOWN_FIELD,
                    "this method takes everything in its body, and no parameter "
                            + parameters.keySet().iterator().next());
        }
        match.variables()
                .forEach((field, text) ->
                        QueryParameters.set(
                                request, field, List.of(QueryParameters.decodePath(text))));
        return request.build();
    }

    private static void readBody(HttpRoute route, Message.Builder request, byte[] body) {
        switch (route.body()) {
            case "" -> {
                if (body.length > 0) {
                    throw new GatewayException(
                            Reason.MALFORMED_REQUEST, "this method takes no body");
                }
            }
            case "*" -> {
                if (body.length > 0) {
                    JsonReader.merge(body, request, "");
                }
            }
            default -> {
                FieldDescriptor field =
                        request.getDescriptorForType().findFieldByName(route.body());
                JsonReader.merge(body, request.getFieldBuilder(field), route.body() + ".");
                if (route.verb().equals("PATCH")) {
                    maskFromBody(request, field, body);
                }
            }
        }
    }

    // JSON tells what is there from what is default; the message does not, so the mask is made
    // here.
    // A mask in the query replaces it.
    private static void maskFromBody(Message.Builder request, FieldDescriptor holder, byte[] body) {
        FieldDescriptor mask = request.getDescriptorForType().findFieldByName(MASK);
        if (mask == null) {
            return;
        }
        FieldMask.Builder paths = FieldMask.newBuilder();
        for (String key : JsonReader.keys(body)) {
            Fields.find(holder.getMessageType(), key)
                    .filter(field -> !NEVER_IN_MASK.contains(field.getName()))
                    .filter(field -> !outputOnly(field))
                    .ifPresent(field -> paths.addPaths(field.getName()));
        }
        request.setField(mask, paths.build());
    }

    private static boolean outputOnly(FieldDescriptor field) {
        return field.getOptions()
                .getExtension(FieldBehaviorProto.fieldBehavior)
                .contains(FieldBehavior.OUTPUT_ONLY);
    }
}
