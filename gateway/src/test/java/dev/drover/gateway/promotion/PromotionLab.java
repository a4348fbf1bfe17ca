package dev.drover.gateway.promotion;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.Secrets;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.rollout.PhaseStates;
import dev.drover.gateway.store.TestStore;
import dev.drover.gateway.verification.Measurements;
import dev.drover.gateway.verification.Outbound;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.ListEnvironmentStatesRequest;
import dev.drover.v1.ListEnvironmentStatesResponse;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionProto;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Promotions on a real store and some Nomad: everything but the network in front of it. */
final class PromotionLab implements AutoCloseable {
    static final Principal DEVELOPER =
            new Principal("serviceAccounts/dev", Set.of("developers"), AccessLevel.OPERATOR);
    static final Principal OWNER =
            new Principal("serviceAccounts/owner", Set.of("owners"), AccessLevel.OPERATOR);

    static final Principal SECOND_OWNER =
            new Principal("serviceAccounts/partner", Set.of("owners"), AccessLevel.OPERATOR);

    private final TestStore files;
    private final String project;
    private final NomadClusters clusters;
    private final InstantSource clock;
    private final EngineLimits limits;
    private Secrets secrets = Secrets.NONE;
    private Outbound outbound = Outbound.NONE;
    private final AtomicInteger engines = new AtomicInteger();
    private final AtomicInteger promotions = new AtomicInteger();

    PromotionLab(NomadClusters clusters, InstantSource clock, EngineLimits limits) {
        this(new Shared(TestStore.create(), TestNouns.PROJECT), clusters, clock, limits);
    }

    /** On a store that others use too, in a project of its own. */
    PromotionLab(Shared shared, NomadClusters clusters, InstantSource clock, EngineLimits limits) {
        this.files = shared.files();
        this.project = shared.project();
        this.clusters = clusters;
        this.clock = clock;
        this.limits = limits;
    }

    /** A store and a part of it. */
    record Shared(TestStore files, String project) {}

    /**
     * What makes one gateway another than the next.
     *
     * @param records its way to the store
     * @param clusters its way to Nomad
     */
    record Gateway(Records records, WorkList work, NomadClusters clusters, InstantSource clock) {}

    /** Sensitive values of every environment. */
    void secrets(Secrets known) {
        secrets = known;
    }

    /** Where measurements ask. */
    void outbound(Outbound client) {
        outbound = client;
    }

    TestNouns nouns() {
        return new TestNouns(files.store(), project);
    }

    PromotionStore store() {
        return new PromotionStore(files.store());
    }

    TestStore files() {
        return files;
    }

    /** Over the store as it is open now. */
    Promotions promotions() {
        return promotions(files.store(), files.store());
    }

    Worker worker(String owner) {
        return promotions().worker(owner);
    }

    private Promotions promotions(Records records, WorkList work) {
        return promotions(new Gateway(records, work, clusters, clock));
    }

    /** Of another gateway on this store. */
    Promotions promotions(Gateway gateway) {
        Records records = gateway.records();
        InstantSource its = gateway.clock();
        Lookup lookup = new Lookup(records, TestNouns.kinds());
        Mutations mutations = new Mutations(records, new RequestIds(records, its), its);
        Planner planner = new Planner(gateway.clusters(), environment -> secrets, its);
        return new Promotions(
                new Promotions.Ports(
                        records,
                        gateway.work(),
                        lookup,
                        mutations,
                        gateway.clusters(),
                        planner,
                        new Random(1)),
                limits,
                new Measurements(
                        gateway.clusters(), request -> outbound.send(request), planner, its));
    }

    /** An engine of a process that was not there before; not started. */
    Engine engine() {
        return engine(files.store());
    }

    /** An engine whose list of work may meet faults; not started. */
    Engine engine(WorkList work) {
        return promotions(files.store(), work)
                .engine(
                        new EngineSettings(
                                nextOwner(),
                                true,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1)));
    }

    String nextOwner() {
        return "gateway-" + engines.incrementAndGet();
    }

    String promote(String release, String environment) {
        CreatePromotionRequest request =
                CreatePromotionRequest.newBuilder()
                        .setParent(project)
                        .setPromotionId("p" + promotions.incrementAndGet())
                        .setPromotion(
                                Promotion.newBuilder()
                                        .setRelease(release)
                                        .setEnvironment(environment))
                        .build();
        return ((Promotion) call("CreatePromotion", DEVELOPER, request)).getName();
    }

    void approve(String promotion, Principal caller) {
        call(
                "ApprovePromotion",
                caller,
                ApprovePromotionRequest.newBuilder()
                        .setName(promotion)
                        .setEtag(etag(promotion))
                        .setPlanDigest(promotion(promotion).getPlan().getDigest())
                        .setComment("looks good")
                        .build());
    }

    /** Calls a method as the edge does. */
    Message call(String method, Principal caller, Message request) {
        Methods methods = new Methods();
        promotions().register(methods);
        return call(methods, method, caller, request);
    }

    static Message call(Methods methods, String method, Principal caller, Message request) {
        MethodDescriptor descriptor =
                Objects.requireNonNull(
                        PromotionProto.getDescriptor()
                                .findServiceByName("PromotionService")
                                .findMethodByName(method));
        return methods.unary(descriptor)
                .orElseThrow()
                .call(new Call(caller, descriptor.getFullName(), "call-1"), request);
    }

    String etag(String promotion) {
        return store().load(promotion).orElseThrow().etag();
    }

    Promotion promotion(String name) {
        return store().promotion(name).orElseThrow();
    }

    void cancel(String promotion) {
        call(
                "CancelPromotion",
                DEVELOPER,
                CancelPromotionRequest.newBuilder().setName(promotion).setReason("stop").build());
    }

    void advance(String promotion) {
        call(
                "AdvancePromotion",
                DEVELOPER,
                AdvancePromotionRequest.newBuilder().setName(promotion).build());
    }

    /** A person who lets everything go on that waits for one. */
    void advanceWhatWaits(String promotion) {
        boolean waits =
                promotion(promotion).getRollout().getPhasesList().stream()
                        .anyMatch(phase -> phase.getPauseReason() == Phase.PauseReason.CANARY_STEP);
        if (waits) {
            advance(promotion);
        }
    }

    /** The phase that a job is at: the first that has not ended, else the last. */
    Phase phase(String promotion, String job) {
        List<Phase> its =
                promotion(promotion).getRollout().getPhasesList().stream()
                        .filter(phase -> phase.getJob().equals(job))
                        .toList();
        return its.stream()
                .filter(phase -> !PhaseStates.TABLE.terminal(phase.getState()))
                .findFirst()
                .orElse(its.isEmpty() ? Phase.getDefaultInstance() : its.getLast());
    }

    EnvironmentState states(String environment) {
        ListEnvironmentStatesResponse all =
                (ListEnvironmentStatesResponse)
                        call(
                                "ListEnvironmentStates",
                                DEVELOPER,
                                ListEnvironmentStatesRequest.newBuilder()
                                        .setParent(project)
                                        .build());
        return all.getEnvironmentStatesList().stream()
                .filter(one -> one.getEnvironment().equals(environment))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        files.close();
    }
}
