package dev.drover.gateway.app;

import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.auth.Authenticator;
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
import dev.drover.gateway.baseline.PolicyCandidates;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.baseline.SecretBox;
import dev.drover.gateway.baseline.SensitiveVariables;
import dev.drover.gateway.baseline.TokenMethods;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.decision.DecisionLog;
import dev.drover.gateway.decision.DecisionMethods;
import dev.drover.gateway.decision.Gate;
import dev.drover.gateway.decision.PolicyChangeMethods;
import dev.drover.gateway.decision.PolicyTargets;
import dev.drover.gateway.decision.WindowMethods;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.operation.AuditMethods;
import dev.drover.gateway.operation.OperationMethods;
import dev.drover.gateway.operation.Operations;
import dev.drover.gateway.outbound.AllowedHosts;
import dev.drover.gateway.outbound.GuardedClient;
import dev.drover.gateway.plan.JobspecChecks;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.SensitiveValues;
import dev.drover.gateway.promotion.Engine;
import dev.drover.gateway.promotion.EngineLimits;
import dev.drover.gateway.promotion.EngineSettings;
import dev.drover.gateway.promotion.Promotions;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.release.JobspecCheck;
import dev.drover.gateway.release.ReleaseService;
import dev.drover.gateway.store.SqliteStore;
import dev.drover.gateway.suspension.SuspensionExpiry;
import dev.drover.gateway.suspension.SuspensionMethods;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.gateway.verification.Measurements;
import dev.drover.gateway.workload.Workloads;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The only place that makes services: from the leaves to the features. */
final class Wiring {
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random;
    private final Methods methods = new Methods();
    private final SqliteStore store;
    private final Records records;
    private final Meters meters;
    private final Parts parts;

    /** Makes services on this store; what has to be closed goes to the parts. */
    Wiring(SqliteStore store, MeterRegistry registry, SecureRandom random, Parts parts) {
        this.store = store;
        this.records = new MeteredRecords(store, registry);
        this.meters = new Meters(registry);
        meters.store(store);
        this.random = random;
        this.parts = parts;
    }

    /**
     * What is served, and what works by itself.
     *
     * @param start starts the latter, once calls can be answered
     */
    record Wired(Methods methods, Authenticator authenticator, Runnable start) {}

    /** Wires everything; token references of clusters are looked up in the environment. */
    Wired wire(
            Vertx vertx,
            Optional<String> rootToken,
            byte[] secretKey,
            Map<String, String> environment,
            GatewayConfig.Verification verification) {
        Mutations mutations = new Mutations(records, new RequestIds(records, clock), clock);
        SensitiveVariables sensitive =
                new SensitiveVariables(records, new SecretBox(secretKey, random));
        PolicyRevisions revisions = new PolicyRevisions(records, clock);
        ServiceAccountTokens tokens = new ServiceAccountTokens(records, random, clock);
        ClusterLooks looks = new ClusterLooks();

        List<Kind<?>> all =
                new ArrayList<>(new BaselineKinds(sensitive, revisions, looks, tokens).all());
        // The check needs the kinds that it is a part of: it is set once they are there.
        AtomicReference<JobspecCheck> jobspecs = new AtomicReference<>(JobspecCheck.NONE);
        all.add(
                ReleaseService.kind((application, release, job) ->
                        Objects.requireNonNull(jobspecs.get()).problem(application, release, job)));
        all.add(Promotions.kind());
        all.add(Suspensions.kind());
        Kinds kinds = Kinds.of(all);
        Lookup lookup = new Lookup(records, kinds);
        Baseline baseline = new Baseline(lookup);
        DeclarationChecks declarations = new DeclarationChecks(new PolicyLanguage());
        new BaselineService(kinds, records, mutations, declarations, random).register(methods);
        new ReleaseService(lookup, mutations).register(methods);
        new TokenMethods(tokens, lookup).register(methods);
        revisions.register(methods);
        SuspensionExpiry expiry = switches(lookup, mutations);
        new PolicyTargets(lookup, clock).register(methods);

        ConfiguredClusters clusters =
                parts.add(
                        new ConfiguredClusters(
                                vertx,
                                new DeclaredClusters(baseline),
                                environment::get,
                                clock,
                                random,
                                meters));
        ClusterLookout lookout = parts.add(new ClusterLookout(baseline, clusters, looks, clock));
        SensitiveValues secrets = SensitiveValues.kept(sensitive);
        jobspecs.set(JobspecChecks.of(clusters, secrets, baseline));
        Planner planner = new Planner(clusters, secrets, clock);
        Promotions promotions =
                new Promotions(
                        new Promotions.Ports(
                                records, store, lookup, mutations, clusters, planner, random),
                        EngineLimits.DEFAULT,
                        new Measurements(
                                clusters,
                                outbound(vertx, environment, verification),
                                planner,
                                clock));
        promotions.register(methods);
        new Workloads(new Workloads.Ports(lookup, promotions::state, clusters, planner, clock))
                .register(methods);
        Engine engine = parts.add(promotions.engine(EngineSettings.of(owner())));
        meters.engine(engine);
        decisions(
                lookup,
                new PolicyCandidates(kinds, lookup, declarations),
                promotions.gate(),
                revisions);
        return new Wired(
                methods,
                new TokenAuthenticator(tokens, rootToken.map(RootToken::new)),
                () -> {
                    engine.start();
                    lookout.start();
                    expiry.start();
                });
    }

    private GuardedClient outbound(
            Vertx vertx, Map<String, String> environment, GatewayConfig.Verification verification) {
        return parts.add(
                new GuardedClient(
                        vertx,
                        AllowedHosts.of(verification.allowedHosts()),
                        verification.ca(),
                        environment::get));
    }

    /** What was decided, and what would be by other policies. */
    private void decisions(
            Lookup lookup, PolicyCandidates candidates, Gate gate, PolicyRevisions revisions) {
        DecisionLog log = new DecisionLog(records);
        new DecisionMethods(lookup, gate, log, revisions).register(methods);
        new PolicyChangeMethods(
                        new PolicyChangeMethods.Ports(
                                lookup, candidates, gate, log, revisions, operations(), clock))
                .register(methods);
    }

    /** When promotions may run, by the clock and by people. */
    private SuspensionExpiry switches(Lookup lookup, Mutations mutations) {
        new WindowMethods(lookup, clock).register(methods);
        new SuspensionMethods(lookup, mutations, random).register(methods);
        return parts.add(new SuspensionExpiry(records, lookup, clock));
    }

    private Operations operations() {
        Operations operations =
                parts.add(new Operations(records, clock, random, GrpcErrors::status));
        operations.recover();
        new OperationMethods(operations).register(methods);
        new AuditMethods(store, operations).register(methods);
        return operations;
    }

    // New with every start: what an earlier process held must be claimed, not taken for one's own.
    private String owner() {
        return "gateway-" + Long.toHexString(random.nextLong());
    }
}
