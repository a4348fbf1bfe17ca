package dev.drover.gateway.app;

import dev.drover.gateway.api.ApiServer;
import dev.drover.gateway.api.ApiSettings;
import dev.drover.gateway.api.HealthPage;
import dev.drover.gateway.api.OpenApiPage;
import dev.drover.gateway.api.TokenPage;
import dev.drover.gateway.api.dispatch.Access;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.gateway.api.dispatch.CallLog;
import dev.drover.gateway.api.dispatch.Dispatcher;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.LiveCalls;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.api.dispatch.RequestThreads;
import dev.drover.gateway.api.dispatch.ServedMethods;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes the server from what is wired and configured. */
final class Serving {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private Serving() {}

    static ApiServer server(
            GatewayConfig config,
            Vertx vertx,
            Wiring.Wired wired,
            PrometheusMeterRegistry meters,
            RandomGenerator random) {
        GatewayConfig.Calls calls = config.calls();
        ApiLimits limits =
                new ApiLimits(calls.maxRequestBytes(), calls.maxTime(), calls.slowReader());
        Readiness readiness = new Readiness();
        Edge edge =
                new Edge(
                        vertx,
                        new ServedMethods(wired.methods()),
                        new Dispatcher(new Access(wired.authenticator()), new CallLog(meters)),
                        new RequestThreads(),
                        limits,
                        new LiveCalls(),
                        random);
        return new ApiServer(
                edge,
                settings(config.listen(), limits),
                readiness,
                List.of(
                        new HealthPage(readiness),
                        new OpenApiPage(Version.current()),
                        new TokenPage("/metrics", PROMETHEUS, meters::scrape)));
    }

    private static ApiSettings settings(GatewayConfig.Listen listen, ApiLimits limits) {
        GatewayConfig.Tls tls = listen.tls();
        Optional<ApiSettings.Tls> files =
                tls.on()
                        ? Optional.of(
                                new ApiSettings.Tls(
                                        Path.of(tls.certificate()),
                                        Path.of(tls.key()),
                                        Optional.of(tls.clientCa())
                                                .filter(ca -> !ca.isEmpty())
                                                .map(Path::of)))
                        : Optional.empty();
        return new ApiSettings(listen.host(), listen.port(), files, listen.corsOrigins(), limits);
    }
}
