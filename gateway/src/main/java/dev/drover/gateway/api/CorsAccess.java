package dev.drover.gateway.api;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** What pages of allowed origins may send and see. */
final class CorsAccess {
    static final Set<HttpMethod> METHODS =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE);
    static final Set<String> HEADERS =
            Set.of(
                    "authorization",
                    "content-type",
                    "grpc-timeout",
                    "x-grpc-web",
                    "x-request-id",
                    "x-user-agent");
    static final Set<String> EXPOSED =
            Set.of("grpc-status", "grpc-message", "grpc-status-details-bin", "x-request-id");

    private CorsAccess() {}
}
