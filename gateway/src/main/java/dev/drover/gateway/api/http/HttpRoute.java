package dev.drover.gateway.api.http;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.drover.gateway.api.dispatch.ServedMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to call a method over HTTP.
 *
 * @param verb HTTP method
 * @param path where
 * @param method what is called
 * @param body which field the body is: {@code *} the whole request, empty none
 * @param additional whether the method has another, first way
 */
public record HttpRoute(
        String verb, PathTemplate path, ServedMethod method, String body, boolean additional) {

    // Methods of others that declare no rule and are worth one.
    private static final Map<String, HttpRule> FOREIGN =
            Map.of(
                    "google.longrunning.Operations.WaitOperation",
                    HttpRule.newBuilder()
                            .setPost("/v1/{name=operations/**}:wait")
                            .setBody("*")
                            .build());

    /** Every way to call this method; none where it declares no rule. */
    public static List<HttpRoute> of(ServedMethod method) {
        HttpRule rule = rule(method.descriptor());
        List<HttpRoute> routes = new ArrayList<>();
        if (rule.getPatternCase() != HttpRule.PatternCase.PATTERN_NOT_SET) {
            routes.add(route(method, rule, false));
        }
        for (HttpRule more : rule.getAdditionalBindingsList()) {
            routes.add(route(method, more, true));
        }
        return routes;
    }

    private static HttpRule rule(MethodDescriptor method) {
        HttpRule declared = method.getOptions().getExtension(AnnotationsProto.http);
        return FOREIGN.getOrDefault(method.getFullName(), declared);
    }

    private static HttpRoute route(ServedMethod method, HttpRule rule, boolean additional) {
        String verb = rule.getPatternCase().name();
        String path =
                switch (rule.getPatternCase()) {
                    case GET -> rule.getGet();
                    case PUT -> rule.getPut();
                    case POST -> rule.getPost();
                    case DELETE -> rule.getDelete();
                    case PATCH -> rule.getPatch();
                    case CUSTOM, PATTERN_NOT_SET ->
                            throw new IllegalStateException(
                                    method.fullName() + ": an HTTP rule that is not served");
                };
        return new HttpRoute(verb, PathTemplate.parse(path), method, rule.getBody(), additional);
    }
}
