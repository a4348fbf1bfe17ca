package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.auth.ServiceAccountTokens;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.call.StreamMethod;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.release.JobspecCheck;
import dev.drover.gateway.release.ReleaseService;
import dev.drover.gateway.store.TestStore;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.PolicyLanguage;
import dev.drover.v1.AccessLevel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The generic service over the table of kinds, on a real store, called by request messages. */
public final class TestBaseline implements AutoCloseable {
    private static final Principal ALICE =
            new Principal("serviceAccounts/alice", Set.of("owners"), AccessLevel.ADMIN);

    private Instant now = Instant.parse("2026-11-21T08:00:00Z");
    public final TestStore store;
    public final SensitiveVariables sensitive;
    public final PolicyRevisions revisions;
    public final ClusterLooks looks = new ClusterLooks();
    public final ServiceAccountTokens tokens;
    public final Methods methods = new Methods();
    public final Kinds kinds;
    public final Lookup lookup;
    public final Mutations mutations;
    private final AtomicInteger calls = new AtomicInteger();

    /** A new gateway on an empty store. */
    public TestBaseline(Kind<?>... more) {
        this(TestStore.create(), UnaryOperator.identity(), more);
    }

    private TestBaseline(TestStore store, UnaryOperator<Records> seen, Kind<?>... more) {
        this.store = store;
        Records records = seen.apply(store.records());
        sensitive =
                new SensitiveVariables(records, new SecretBox(new byte[32], new SecureRandom()));
        revisions = new PolicyRevisions(records, clock());
        tokens = new ServiceAccountTokens(records, new SecureRandom(), clock());
        BaselineKinds baseline = new BaselineKinds(sensitive, revisions, looks, tokens);
        List<Kind<?>> all = new ArrayList<>(baseline.all());
        all.add(ReleaseService.kind(JobspecCheck.NONE));
        all.addAll(Arrays.asList(more));
        kinds = Kinds.of(all);
        lookup = new Lookup(records, kinds);
        mutations = new Mutations(records, new RequestIds(records, clock()), clock());
        new BaselineService(
                        kinds,
                        records,
                        mutations,
                        new DeclarationChecks(new PolicyLanguage()),
                        new SplittableRandom(7))
                .register(methods);
        revisions.register(methods);
        new TokenMethods(tokens, lookup).register(methods);
        new ReleaseService(lookup, mutations).register(methods);
    }

    public InstantSource clock() {
        return () -> now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Another gateway on the same store, which sees it through something. */
    TestBaseline through(UnaryOperator<Records> seen) {
        return new TestBaseline(store, seen);
    }

    /** Calls the method that takes this request. */
    public Message call(Message request) {
        MethodDescriptor method = method(request);
        return methods.unary(method).orElseThrow().call(callOf(method), request);
    }

    /** Calls the stream that takes this request, on this thread. */
    void stream(Message request, StreamMethod.Sink sink) throws InterruptedException {
        MethodDescriptor method = method(request);
        methods.stream(method).orElseThrow().stream(callOf(method), request, sink);
    }

    private Call callOf(MethodDescriptor method) {
        return new Call(
                ALICE,
                method.getService().getFullName() + "/" + method.getName(),
                "call-" + calls.incrementAndGet());
    }

    /** The same with an answer of this type. */
    public <R extends Message> R call(Message request, Class<R> answer) {
        return answer.cast(call(request));
    }

    /** Creates a noun with this name. */
    @SuppressWarnings("unchecked")
    public <M extends Message> M create(String name, M noun) {
        return (M) call(createRequest(name, noun));
    }

    /** The request that creates it. */
    public Message createRequest(String name, Message noun) {
        return Requests.create(kinds.of(noun.getClass()), name, noun).build();
    }

    /** Sets the fields that the mask names; no mask: those that are set. */
    @SuppressWarnings("unchecked")
    public <M extends Message> M update(M noun, String... mask) {
        return (M) call(updateRequest(noun, mask));
    }

    /** The request that updates it. */
    public Message updateRequest(Message noun, String... mask) {
        return Requests.update(kinds.of(noun.getClass()), noun, mask).build();
    }

    /** Deletes a noun. */
    public void delete(Class<? extends Message> type, String name) {
        call(deleteRequest(type, name));
    }

    /** The request that deletes it. */
    public Message deleteRequest(Class<? extends Message> type, String name) {
        return Requests.delete(kinds.of(type), name).build();
    }

    /** Creates one noun of every kind; the samples. */
    public void createSamples() {
        Samples.ALL.forEach(this::create);
    }

    /** The refusal of a request. */
    public GatewayException refusal(Message request) {
        return catchThrowableOfType(GatewayException.class, () -> call(request));
    }

    static MethodDescriptor method(Message request) {
        for (ServiceDescriptor service : request.getDescriptorForType().getFile().getServices()) {
            for (MethodDescriptor method : service.getMethods()) {
                if (method.getInputType().equals(request.getDescriptorForType())) {
                    return method;
                }
            }
        }
        throw new IllegalArgumentException("no method takes " + request.getClass());
    }

    @Override
    public void close() {
        store.close();
    }
}
