package dev.drover.gateway.promotion;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.drover.gateway.baseline.AnyNoun;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.UnaryMethod;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.decision.Gate;
import dev.drover.gateway.plan.PlanRequest;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.RecentPlans;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.verification.Measurements;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainReleaseRequest;
import dev.drover.v1.ListEnvironmentStatesRequest;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionProto;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.RestartApplicationRequest;
import dev.drover.v1.ResumePromotionRequest;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.ScaleApplicationRequest;
import dev.drover.v1.StopApplicationRequest;
import dev.drover.v1.WithdrawApprovalRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Promotions, put together: the methods that are served, and the engine that carries them on. */
public final class Promotions {
    private final Ports ports;
    private final EngineLimits limits;
    private final Measurements measurements;
    private final PromotionStore store;
    private final Gate gate;
    private final Preparation preparation;

    /** What promotions need of others. */
    public record Ports(
            Records records,
            WorkList work,
            Lookup lookup,
            Mutations mutations,
            NomadClusters clusters,
            Planner planner,
            RandomGenerator random) {}

    /** Promotions over these ports. */
    public Promotions(Ports ports, EngineLimits limits, Measurements measurements) {
        this.ports = ports;
        this.limits = limits;
        this.measurements = measurements;
        this.store = new PromotionStore(ports.records());
        this.gate =
                new Gate(
                        new PromotionHistory(ports.records()),
                        new PromotionNouns(ports.lookup())::calendars);
        Planner planner = ports.planner();
        this.preparation =
                preparation((nouns, earlier) -> planner.plan(PlanRequest.of(nouns, earlier.get())));
    }

    private Preparation preparation(Preparation.Plans plans) {
        return new Preparation(
                store,
                new PromotionNouns(ports.lookup()),
                ports.planner(),
                plans,
                gate::judge,
                new KnownAccounts(
                        ports.lookup(),
                        new PolicyRevisions(ports.records(), ports.mutations()::now)));
    }

    /** What decides about them. */
    public Gate gate() {
        return gate;
    }

    /** The kind of promotions, for the table of kinds: the generic service serves its reads. */
    public static Kind<Promotion> kind() {
        return Kind.of(Promotion.getDefaultInstance(), new AnyNoun<>()).onlyReads();
    }

    /** An engine for this process; to be started and closed by the caller. */
    public Engine engine(EngineSettings settings) {
        return engine(settings, Engine.Threads.VIRTUAL);
    }

    Engine engine(EngineSettings settings, Engine.Threads threads) {
        return new Engine(
                settings,
                ports.records(),
                ports.work(),
                worker(settings.owner()),
                new NomadHints(
                        ports.clusters(),
                        name -> Optional.of(new PromotionNouns(ports.lookup()).environment(name))),
                ports.mutations()::now,
                threads);
    }

    Worker worker(String owner) {
        return new Worker(
                owner,
                store,
                ports.work(),
                new Observer(
                        store,
                        preparation,
                        ports.planner(),
                        ports.clusters(),
                        new Verifier(preparation, measurements),
                        new Rooms(new PromotionNouns(ports.lookup()), ports.work()),
                        new FreshPlans(ports.mutations()::now)),
                limits);
    }

    /** What Drover brought of an application to an environment, and is bringing. */
    public EnvironmentState state(String application, String environment) {
        return states().of(application, environment);
    }

    private EnvironmentStates states() {
        return new EnvironmentStates(store, ports.lookup(), ports.mutations()::now);
    }

    /** Puts every method but Get, List and Watch into the table of methods. */
    public void register(Methods methods) {
        PromotionChanges changes = new PromotionChanges(store, ports.mutations(), limits);
        Creations creations = new Creations(store, ports.mutations(), ports.random());
        RecentPlans recent = new RecentPlans(ports.planner(), ports.mutations()::now);
        Foresight foresight = new Foresight(preparation(recent::plan));
        CreateMethods creating =
                new CreateMethods(ports.lookup(), ports.mutations(), creations, changes, foresight);
        RollbackMethod rollback =
                new RollbackMethod(new RollbackTargets(store, ports.lookup()), creations, creating);
        ExplainMethod explain =
                new ExplainMethod(changes, creating, creations, foresight, ports.mutations());
        EnvironmentStates states = states();
        DecideMethods deciding = new DecideMethods(changes, preparation);
        live(methods, creations, creating);

        add(
                methods,
                "CreatePromotion",
                (call, request) -> creating.create(call, (CreatePromotionRequest) request));
        add(
                methods,
                "RetryPromotion",
                (call, request) -> creating.retry(call, (RetryPromotionRequest) request));
        add(
                methods,
                "RollbackApplication",
                (call, request) -> rollback.rollback(call, (RollbackApplicationRequest) request));
        add(
                methods,
                "ApprovePromotion",
                (call, request) -> deciding.approve(call, (ApprovePromotionRequest) request));
        add(
                methods,
                "RejectPromotion",
                (call, request) -> deciding.reject(call, (RejectPromotionRequest) request));
        add(
                methods,
                "WithdrawApproval",
                (call, request) -> deciding.withdraw(call, (WithdrawApprovalRequest) request));
        add(
                methods,
                "CancelPromotion",
                (call, request) -> deciding.cancel(call, (CancelPromotionRequest) request));
        add(
                methods,
                "AdvancePromotion",
                (call, request) -> deciding.advance(call, (AdvancePromotionRequest) request));
        add(
                methods,
                "PausePromotion",
                (call, request) -> deciding.pause(call, (PausePromotionRequest) request));
        add(
                methods,
                "ResumePromotion",
                (call, request) -> deciding.resume(call, (ResumePromotionRequest) request));
        add(
                methods,
                "AbortPromotion",
                (call, request) -> deciding.abort(call, (AbortPromotionRequest) request));
        explaining(methods, explain, states);
        add(
                methods,
                "ListEnvironmentStates",
                (call, request) -> states.list((ListEnvironmentStatesRequest) request));
    }

    /** Those that tell what would be. */
    private void explaining(Methods methods, ExplainMethod explain, EnvironmentStates states) {
        add(
                methods,
                "ExplainPromotion",
                (call, request) -> explain.explain(call, (ExplainPromotionRequest) request));
        ExplainRelease everywhere = new ExplainRelease(explain, states, ports.lookup());
        add(
                methods,
                "ExplainRelease",
                (call, request) -> everywhere.explain(call, (ExplainReleaseRequest) request));
    }

    /** Those that change what runs and bring no release. */
    private void live(Methods methods, Creations creations, CreateMethods creating) {
        LiveMethods live =
                new LiveMethods(
                        new LiveChanges(store, ports.planner()),
                        creations,
                        creating,
                        ports.lookup());
        add(
                methods,
                "ScaleApplication",
                (call, request) -> live.scale(call, (ScaleApplicationRequest) request));
        add(
                methods,
                "RestartApplication",
                (call, request) -> live.restart(call, (RestartApplicationRequest) request));
        add(
                methods,
                "StopApplication",
                (call, request) -> live.stop(call, (StopApplicationRequest) request));
    }

    private static void add(Methods methods, String name, UnaryMethod method) {
        ServiceDescriptor service =
                PromotionProto.getDescriptor().findServiceByName("PromotionService");
        methods.add(Objects.requireNonNull(service.findMethodByName(name)), method);
    }
}
