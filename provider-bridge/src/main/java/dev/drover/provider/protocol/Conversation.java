package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ApplyResourceChange;
import dev.drover.provider.tfplugin6.ClientCapabilities;
import dev.drover.provider.tfplugin6.ConfigureProvider;
import dev.drover.provider.tfplugin6.Diagnostic;
import dev.drover.provider.tfplugin6.DynamicValue;
import dev.drover.provider.tfplugin6.GetProviderSchema;
import dev.drover.provider.tfplugin6.PlanResourceChange;
import dev.drover.provider.tfplugin6.RawState;
import dev.drover.provider.tfplugin6.ReadResource;
import dev.drover.provider.tfplugin6.UpgradeResourceState;
import dev.drover.provider.tfplugin6.ValidateProviderConfig;
import dev.drover.provider.tfplugin6.ValidateResourceConfig;
import java.util.List;

/**
 * What Terraform says to a provider, from the schema to an apply. Each call throws an {@link
 * IllegalStateException} with what the provider complains about.
 */
public final class Conversation {
    /** How calls get to the provider. */
    @FunctionalInterface
    public interface Transport {
        /** Calls a method of {@link ProviderMethods#SERVICE}. */
        byte[] call(String method, byte[] request);
    }

    private static final ClientCapabilities CAPABILITIES =
            ClientCapabilities.newBuilder().setWriteOnlyAttributesAllowed(true).build();

    private final Transport transport;

    public Conversation(Transport transport) {
        this.transport = transport;
    }

    /** Asks for all schemas, and gives the number of resources. */
    public int schemas() throws InvalidProtocolBufferException {
        var response = GetProviderSchema.Response.parseFrom(call("GetProviderSchema", new byte[0]));
        accepted("GetProviderSchema", response.getDiagnosticsList());
        return response.getResourceSchemasCount();
    }

    /**
     * Validates a provider block and configures the provider with it.
     *
     * @param json an object; what is left out is null
     */
    public void configure(Schema schema, String json) throws InvalidProtocolBufferException {
        DynamicValue config = Values.encode(schema.type(), Json.decode(schema.type(), json));
        byte[] valid =
                call(
                        "ValidateProviderConfig",
                        ValidateProviderConfig.Request.newBuilder()
                                .setConfig(config)
                                .build()
                                .toByteArray());
        accepted(
                "ValidateProviderConfig",
                ValidateProviderConfig.Response.parseFrom(valid).getDiagnosticsList());
        byte[] configured =
                call(
                        "ConfigureProvider",
                        ConfigureProvider.Request.newBuilder()
                                .setConfig(config)
                                .setTerraformVersion("1.11.4")
                                .build()
                                .toByteArray());
        accepted(
                "ConfigureProvider",
                ConfigureProvider.Response.parseFrom(configured).getDiagnosticsList());
    }

    /** Validates a block of a resource. */
    public void validate(String type, Schema schema, String json)
            throws InvalidProtocolBufferException {
        var request =
                ValidateResourceConfig.Request.newBuilder()
                        .setTypeName(type)
                        .setConfig(Values.encode(schema.type(), Json.decode(schema.type(), json)))
                        .setClientCapabilities(CAPABILITIES);
        byte[] response = call("ValidateResourceConfig", request.build().toByteArray());
        accepted(
                "ValidateResourceConfig",
                ValidateResourceConfig.Response.parseFrom(response).getDiagnosticsList());
    }

    /** Plans the creation of an object, and gives its planned state. */
    public Value plan(String type, Schema schema, String json)
            throws InvalidProtocolBufferException {
        return Values.decode(schema.type(), planned(type, schema, json));
    }

    private DynamicValue planned(String type, Schema schema, String json)
            throws InvalidProtocolBufferException {
        DynamicValue config = Values.encode(schema.type(), Json.decode(schema.type(), json));
        var request =
                PlanResourceChange.Request.newBuilder()
                        .setTypeName(type)
                        .setPriorState(Values.encode(schema.type(), Absent.NULL))
                        .setProposedNewState(config)
                        .setConfig(config)
                        .setClientCapabilities(CAPABILITIES);
        var response =
                PlanResourceChange.Response.parseFrom(
                        call("PlanResourceChange", request.build().toByteArray()));
        accepted("PlanResourceChange", response.getDiagnosticsList());
        return response.getPlannedState();
    }

    /** Plans and creates an object, and gives its state. */
    public Value create(String type, Schema schema, String json)
            throws InvalidProtocolBufferException {
        var request =
                ApplyResourceChange.Request.newBuilder()
                        .setTypeName(type)
                        .setPriorState(Values.encode(schema.type(), Absent.NULL))
                        .setPlannedState(planned(type, schema, json))
                        .setConfig(Values.encode(schema.type(), Json.decode(schema.type(), json)));
        var response =
                ApplyResourceChange.Response.parseFrom(
                        call("ApplyResourceChange", request.build().toByteArray()));
        accepted("ApplyResourceChange", response.getDiagnosticsList());
        return Values.decode(schema.type(), response.getNewState());
    }

    /** Refreshes a stored object, and gives its state. */
    public Value refresh(String type, Schema schema, String storedJson)
            throws InvalidProtocolBufferException {
        var upgrade =
                UpgradeResourceState.Request.newBuilder()
                        .setTypeName(type)
                        .setVersion(schema.version())
                        .setRawState(
                                RawState.newBuilder().setJson(ByteString.copyFromUtf8(storedJson)));
        var upgraded =
                UpgradeResourceState.Response.parseFrom(
                        call("UpgradeResourceState", upgrade.build().toByteArray()));
        accepted("UpgradeResourceState", upgraded.getDiagnosticsList());
        var read =
                ReadResource.Request.newBuilder()
                        .setTypeName(type)
                        .setCurrentState(upgraded.getUpgradedState());
        var response =
                ReadResource.Response.parseFrom(call("ReadResource", read.build().toByteArray()));
        accepted("ReadResource", response.getDiagnosticsList());
        return Values.decode(schema.type(), response.getNewState());
    }

    private byte[] call(String method, byte[] request) {
        return transport.call(method, request);
    }

    private static void accepted(String method, List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.getSeverity() == Diagnostic.Severity.ERROR) {
                throw new IllegalStateException(
                        method + ": " + diagnostic.getSummary() + "\n" + diagnostic.getDetail());
            }
        }
    }
}
