package dev.drover.gateway.app;

import dev.drover.gateway.api.ApiServer;
import dev.drover.gateway.api.ApiSettings;
import dev.drover.gateway.api.HealthPage;
import dev.drover.gateway.api.dispatch.Access;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.gateway.api.dispatch.CallLog;
import dev.drover.gateway.api.dispatch.Dispatcher;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.LiveCalls;
import dev.drover.gateway.api.dispatch.Readiness;
import dev.drover.gateway.api.dispatch.RequestThreads;
import dev.drover.gateway.api.dispatch.ServedMethods;
import dev.drover.gateway.auth.RootToken;
import dev.drover.gateway.auth.ServiceAccountTokens;
import dev.drover.gateway.auth.TokenAuthenticator;
import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.BaselineKinds;
import dev.drover.gateway.baseline.BaselineService;
import dev.drover.gateway.baseline.ClusterLooks;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Kinds;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.baseline.SecretBox;
import dev.drover.gateway.baseline.SensitiveVariables;
import dev.drover.gateway.baseline.TokenMethods;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.NomadListener;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.SensitiveValues;
import dev.drover.gateway.promotion.Engine;
import dev.drover.gateway.promotion.EngineLimits;
import dev.drover.gateway.promotion.EngineSettings;
import dev.drover.gateway.promotion.Promotions;
import dev.drover.gateway.release.JobspecCheck;
import dev.drover.gateway.release.ReleaseService;
import dev.drover.gateway.store.SqliteStore;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The only place that makes services: from the leaves to the edges. */
final class Wiring {
    /** Only one gateway has an embedded store, so it needs no name of its own. */
    private static final String OWNER = "gateway";

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Methods methods = new Methods();
    private final PrometheusMeterRegistry meters =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GatewayConfig config;
    private final Vertx vertx;
    private final SqliteStore store;

    Wiring(GatewayConfig config, Vertx vertx, SqliteStore store) {
        this.config = config;
        this.vertx = vertx;
        this.store = store;
    }

    /** What has to be started and stopped. */
    record Wired(ApiServer server, ConfiguredClusters clusters, Engine engine) {}

    Wired wire(Optional<String> rootToken, byte[] secretKey, Map<String, String> environment) {
        Mutations mutations = new Mutations(store, new RequestIds(store, clock), clock);
        SensitiveVariables sensitive =
                new SensitiveVariables(store, new SecretBox(secretKey, random));
        PolicyRevisions revisions = new PolicyRevisions(store, clock);
        ServiceAccountTokens tokens = new ServiceAccountTokens(store, random, clock);
        ClusterLooks looks = new ClusterLooks();

        List<Kind<?>> all =
                new ArrayList<>(new BaselineKinds(sensitive, revisions, looks, tokens).all());
        all.add(ReleaseService.kind(JobspecCheck.NONE));
        all.add(Promotions.kind());
        Kinds kinds = Kinds.of(all);
        Lookup lookup = new Lookup(store, kinds);
        Baseline baseline = new Baseline(lookup);
        DeclarationChecks declarations = new DeclarationChecks(new PolicyLanguage());
        new BaselineService(kinds, store, mutations, declarations, random).register(methods);
        new ReleaseService(lookup, mutations).register(methods);
        new TokenMethods(tokens, lookup).register(methods);
        revisions.register(methods);

        ConfiguredClusters clusters =
                new ConfiguredClusters(
                        vertx,
                        new DeclaredClusters(baseline),
                        environment::get,
                        clock,
                        random,
                        NomadListener.SILENT);
        Planner planner = new Planner(clusters, SensitiveValues.kept(sensitive), clock);
        Promotions promotions =
                new Promotions(
                        new Promotions.Ports(
                                store, store, lookup, mutations, clusters, planner, random),
                        EngineLimits.DEFAULT);
        promotions.register(methods);
        return new Wired(
                server(new TokenAuthenticator(tokens, rootToken.map(RootToken::new))),
                clusters,
                promotions.engine(EngineSettings.of(OWNER)));
    }

    private ApiServer server(TokenAuthenticator authenticator) {
        GatewayConfig.Listen listen = config.listen();
        ApiLimits limits =
                new ApiLimits(
                        listen.maxRequestBytes(),
                        ApiLimits.DEFAULT.callTime(),
                        ApiLimits.DEFAULT.slowReader());
        Readiness readiness = new Readiness();
        Edge edge =
                new Edge(
                        vertx,
                        new ServedMethods(methods),
                        new Dispatcher(new Access(authenticator), new CallLog(meters)),
                        new RequestThreads(),
                        limits,
                        new LiveCalls(),
                        random);
        Optional<ApiSettings.Tls> tls =
                listen.tls()
                        .map(one ->
                                new ApiSettings.Tls(one.certificate(), one.key(), one.clientCa()));
        ApiSettings settings =
                new ApiSettings(listen.host(), listen.port(), tls, listen.corsOrigins(), limits);
        return new ApiServer(edge, settings, readiness, List.of(new HealthPage(readiness)));
    }

    Duration patience() {
        return Duration.ofSeconds(config.shutdownSeconds());
    }
}
