package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Log;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ApplyResourceChange;
import dev.drover.provider.tfplugin6.ClientCapabilities;
import dev.drover.provider.tfplugin6.ConfigureProvider;
import dev.drover.provider.tfplugin6.Diagnostic;
import dev.drover.provider.tfplugin6.PlanResourceChange;
import dev.drover.provider.tfplugin6.ReadDataSource;
import dev.drover.provider.tfplugin6.ReadResource;
import dev.drover.provider.tfplugin6.ValidateResourceConfig;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Terraform does to one object between two configurations, and every rule that it holds the
 * provider to meanwhile. A broken rule is an {@link AssertionError}; what the provider refuses is a
 * {@link RefusedException}.
 */
public final class TerraformCore {
    private static final ClientCapabilities CAPABILITIES =
            ClientCapabilities.newBuilder().setWriteOnlyAttributesAllowed(true).build();

    private final Provider provider;
    private final List<Method> methods;

    public TerraformCore(Provider provider, Log log) {
        this.provider = provider;
        this.methods = ProviderMethods.of(provider, log);
    }

    /** The provider says no, and why. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String method, List<Diagnostic> diagnostics) {
            super(
                    method
                            + diagnostics.stream()
                                    .map(one -> ": " + one.getSummary() + ": " + one.getDetail())
                                    .collect(Collectors.joining()));
        }
    }

    /** What a plan came to. */
    private record Planned(Value state, boolean replaces, ByteString hidden) {}

    /** Begins a run. */
    public void configure() throws InvalidProtocolBufferException {
        Value nothing = Json.decode(provider.schema().type(), "{}");
        var request =
                ConfigureProvider.Request.newBuilder()
                        .setConfig(Values.encode(provider.schema().type(), nothing));
        accepted(
                "configure",
                ConfigureProvider.Response.parseFrom(
                                call("ConfigureProvider", request.build().toByteArray()))
                        .getDiagnosticsList());
    }

    /** Validates, as often as Terraform would. */
    public void validate(String type, Value.Entries config) throws InvalidProtocolBufferException {
        var request =
                ValidateResourceConfig.Request.newBuilder()
                        .setTypeName(type)
                        .setConfig(Values.encode(schema(type).type(), config))
                        .setClientCapabilities(CAPABILITIES);
        accepted(
                "validate",
                ValidateResourceConfig.Response.parseFrom(
                                call("ValidateResourceConfig", request.build().toByteArray()))
                        .getDiagnosticsList());
    }

    /**
     * Brings an object to a configuration, and proves that nothing is left to do.
     *
     * @param early the same configuration as the first plan sees it, with unknown values
     * @param prior null: there is no object yet
     */
    public Value.Entries bring(String type, Value.Entries early, Value.Entries config, Value prior)
            throws InvalidProtocolBufferException {
        validate(type, early);
        validate(type, config);
        Planned first = plan(type, early, prior);
        Planned last = plan(type, config, prior);
        CoreRules.assertNoSurprise("second plan", schema(type), first.state(), last.state());
        if (last.replaces()) {
            destroy(type, (Value.Entries) prior);
            last = plan(type, config, Absent.NULL);
            return settle(type, config, Absent.NULL, last);
        }
        return settle(type, config, prior, last);
    }

    /** Deletes it. */
    public void destroy(String type, Value.Entries prior) throws InvalidProtocolBufferException {
        apply(type, Absent.NULL, prior, Absent.NULL, ByteString.EMPTY);
        if (!read(type, prior, ByteString.EMPTY).isNull()) {
            throw new AssertionError(type + " is still there after its deletion");
        }
    }

    /** The answer of a data source. */
    public Value.Entries data(String type, String json) throws InvalidProtocolBufferException {
        Schema schema = provider.dataSource(type).orElseThrow().schema();
        var request =
                ReadDataSource.Request.newBuilder()
                        .setTypeName(type)
                        .setConfig(Values.encode(schema.type(), Json.decode(schema.type(), json)));
        var response =
                ReadDataSource.Response.parseFrom(
                        call("ReadDataSource", request.build().toByteArray()));
        accepted("data", response.getDiagnosticsList());
        return (Value.Entries) Values.decode(schema.type(), response.getState());
    }

    private Value.Entries settle(String type, Value.Entries config, Value prior, Planned planned)
            throws InvalidProtocolBufferException {
        Schema schema = schema(type);
        if (planned.state().equals(prior)) {
            return (Value.Entries) prior;
        }
        ApplyResourceChange.Response applied =
                apply(type, config, prior, planned.state(), planned.hidden());
        Value state = Values.decode(schema.type(), applied.getNewState());
        CoreRules.assertNoSurprise("apply", schema, planned.state(), state);
        CoreRules.assertStorable("apply", schema, state);
        Value seen = read(type, (Value.Entries) state, applied.getPrivate());
        CoreRules.assertSame("read after apply", schema, state, seen);
        Planned again = plan(type, config, seen);
        CoreRules.assertSame("plan after apply", schema, seen, again.state());
        if (again.replaces()) {
            throw new AssertionError("the plan after the apply replaces the object");
        }
        return (Value.Entries) state;
    }

    private Planned plan(String type, Value.Entries config, Value prior)
            throws InvalidProtocolBufferException {
        Schema schema = schema(type);
        var request =
                PlanResourceChange.Request.newBuilder()
                        .setTypeName(type)
                        .setPriorState(Values.encode(schema.type(), prior))
                        .setProposedNewState(
                                Values.encode(schema.type(), Proposal.of(schema, config, prior)))
                        .setConfig(Values.encode(schema.type(), config))
                        .setClientCapabilities(CAPABILITIES);
        var response =
                PlanResourceChange.Response.parseFrom(
                        call("PlanResourceChange", request.build().toByteArray()));
        accepted("plan", response.getDiagnosticsList());
        Value planned = Values.decode(schema.type(), response.getPlannedState());
        CoreRules.assertPlanned(schema, config, prior, planned);
        boolean replaces = response.getRequiresReplaceCount() > 0 && !prior.isNull();
        return new Planned(planned, replaces, response.getPlannedPrivate());
    }

    private ApplyResourceChange.Response apply(
            String type, Value config, Value prior, Value planned, ByteString hidden)
            throws InvalidProtocolBufferException {
        Schema schema = schema(type);
        var request =
                ApplyResourceChange.Request.newBuilder()
                        .setTypeName(type)
                        .setPriorState(Values.encode(schema.type(), prior))
                        .setPlannedState(Values.encode(schema.type(), planned))
                        .setConfig(Values.encode(schema.type(), config))
                        .setPlannedPrivate(hidden);
        var response =
                ApplyResourceChange.Response.parseFrom(
                        call("ApplyResourceChange", request.build().toByteArray()));
        accepted("apply", response.getDiagnosticsList());
        return response;
    }

    private Value read(String type, Value.Entries state, ByteString hidden)
            throws InvalidProtocolBufferException {
        Schema schema = schema(type);
        var request =
                ReadResource.Request.newBuilder()
                        .setTypeName(type)
                        .setCurrentState(Values.encode(schema.type(), state))
                        .setPrivate(hidden);
        var response =
                ReadResource.Response.parseFrom(
                        call("ReadResource", request.build().toByteArray()));
        accepted("read", response.getDiagnosticsList());
        return Values.decode(schema.type(), response.getNewState());
    }

    private Schema schema(String type) {
        return provider.resource(type).orElseThrow().schema();
    }

    private byte[] call(String name, byte[] request) {
        for (Method method : methods) {
            if (method.name().equals(name)) {
                return method.call(request);
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static void accepted(String method, List<Diagnostic> diagnostics) {
        if (diagnostics.stream().anyMatch(one -> one.getSeverity() == Diagnostic.Severity.ERROR)) {
            throw new RefusedException(method, diagnostics);
        }
    }
}
