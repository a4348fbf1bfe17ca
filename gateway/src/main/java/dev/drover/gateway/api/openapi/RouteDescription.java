package dev.drover.gateway.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.rpc.Status;
import dev.drover.gateway.api.http.HttpRoute;
import dev.drover.gateway.api.http.PathTemplate;
import dev.drover.gateway.api.schema.Comments;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One way to call a method, as an OpenAPI operation. */
final class RouteDescription {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Schemas schemas;
    private final Comments comments;
    private final ResourcePaths paths;
    private final Map<String, Integer> seen = new HashMap<>();

    RouteDescription(Schemas schemas, Comments comments, ResourcePaths paths) {
        this.schemas = schemas;
        this.comments = comments;
        this.paths = paths;
    }

    ObjectNode describe(HttpRoute route) {
        MethodDescriptor method = route.method().descriptor();
        ObjectNode operation = JSON.objectNode();
        operation.putArray("tags").add(method.getService().getName());
        operation
                .put("summary", comments.summary(method.getFullName()))
                .put("description", description(route))
                .put("operationId", id(method));
        ArrayNode parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        if (!route.body().isEmpty()) {
            operation.set("requestBody", body(route));
        }
        ObjectNode responses = operation.putObject("responses");
        responses.set("200", answer(method));
        responses.set("default", json("An error.", schemas.of(Status.getDescriptor())));
        return operation;
    }

    private String description(HttpRoute route) {
        return (comments.of(route.method().descriptor().getFullName())
                        + "\n\nNeeds access level "
                        + route.method().access()
                        + ".")
                .strip();
    }

    // A method that can be called in two ways needs two ids.
    private String id(MethodDescriptor method) {
        String id = method.getService().getName() + "_" + method.getName();
        int count = seen.merge(id, 1, Integer::sum);
        return count == 1 ? id : id + "_" + count;
    }

    private ArrayNode parameters(HttpRoute route) {
        ArrayNode parameters = JSON.arrayNode();
        for (String id : paths.of(route.path()).parameters()) {
            parameters
                    .addObject()
                    .put("name", id)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        if (!route.body().equals("*")) {
            Set<String> elsewhere = inPath(route);
            elsewhere.add(route.body());
            for (FieldDescriptor field :
                    schemas.parameters(route.method().descriptor().getInputType(), elsewhere)) {
                parameters.add(query(field));
            }
        }
        return parameters;
    }

    private ObjectNode query(FieldDescriptor field) {
        ObjectNode schema = schemas.property(field);
        ObjectNode parameter =
                JSON.objectNode().put("name", field.getJsonName()).put("in", "query");
        if (Schemas.has(field, FieldBehavior.REQUIRED)) {
            parameter.put("required", true);
        }
        if (schema.has("description")) {
            parameter.set("description", schema.remove("description"));
        }
        parameter.set("schema", schema);
        return parameter;
    }

    private static Set<String> inPath(HttpRoute route) {
        Set<String> fields = new HashSet<>();
        for (PathTemplate.Part part : route.path().parts()) {
            if (part instanceof PathTemplate.Part.Variable variable) {
                fields.add(variable.field());
            }
        }
        return fields;
    }

    private ObjectNode body(HttpRoute route) {
        Descriptor request = route.method().descriptor().getInputType();
        ObjectNode schema =
                route.body().equals("*")
                        ? schemas.object(request, inPath(route))
                        : schemas.of(request.findFieldByName(route.body()).getMessageType());
        ObjectNode body = JSON.objectNode().put("required", !route.body().equals("*"));
        body.putObject("content").putObject("application/json").set("schema", schema);
        return body;
    }

    private ObjectNode answer(MethodDescriptor method) {
        ObjectNode schema = schemas.of(method.getOutputType());
        if (!method.isServerStreaming()) {
            return json("The answer.", schema);
        }
        ObjectNode response =
                JSON.objectNode()
                        .put(
                                "description",
                                "One object per line, or one per event. A line {\"error\": ...} or an"
                                        + " event named error is the last.");
        ObjectNode content = response.putObject("content");
        content.putObject("application/x-ndjson").set("schema", schema);
        content.putObject("text/event-stream").set("schema", schema.deepCopy());
        return response;
    }

    private static ObjectNode json(String description, ObjectNode schema) {
        ObjectNode response = JSON.objectNode().put("description", description);
        response.putObject("content").putObject("application/json").set("schema", schema);
        return response;
    }
}
