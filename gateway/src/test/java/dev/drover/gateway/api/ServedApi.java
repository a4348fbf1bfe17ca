package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.Access;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.gateway.api.dispatch.CallLog;
import dev.drover.gateway.api.dispatch.Dispatcher;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.LiveCalls;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.api.dispatch.RequestThreads;
import dev.drover.gateway.api.dispatch.ServedMethods;
import dev.drover.gateway.auth.Authenticator;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A server with a small table of methods, and the clients to call it. */
final class ServedApi implements AutoCloseable {
    static final Map<String, Principal> TOKENS =
            Map.of(
                    "viewer-token",
                    new Principal("serviceAccounts/viewer", Set.of(), AccessLevel.VIEWER),
                    "admin-token",
                    new Principal("serviceAccounts/admin", Set.of(), AccessLevel.ADMIN));

    final Vertx vertx = Vertx.vertx();
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Readiness readiness = new Readiness();
    final Edge edge;
    final int port;
    private final ApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ManagedChannel channel;

    ServedApi(Methods methods, ApiLimits limits) {
        Dispatcher dispatcher = new Dispatcher(new Access(authenticator()), new CallLog(meters));
        edge =
                new Edge(
                        vertx,
                        new ServedMethods(methods),
                        dispatcher,
                        new RequestThreads(),
                        limits,
                        new LiveCalls(),
                        new Random(7));
        server =
                new ApiServer(
                        edge,
                        ApiSettings.loopback(),
                        readiness,
                        List.of(
                                new HealthPage(readiness),
                                new OpenApiPage("0.0.0-test"),
                                new TokenPage("/metrics", "text/plain", meters::scrape)));
        port = server.start();
        channel = OkHttpChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    private static Authenticator authenticator() {
        return token -> {
            Principal known = TOKENS.get(token);
            if (known == null) {
                throw new GatewayException(Reason.NOT_AUTHENTICATED, "the token is not valid");
            }
            return known;
        };
    }

    /** A channel without a token. */
    ManagedChannel channel() {
        return channel;
    }

    /** What adds a token to a stub: {@code stub.withInterceptors(bearer(..))}. */
    static io.grpc.ClientInterceptor bearer(String token) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + token);
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }

    /** A request over HTTP with a token. */
    HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    ApiServer server() {
        return server;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        http.close();
        server.stop(Duration.ofSeconds(1));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
