package dev.drover.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ApplyResourceChange;
import dev.drover.provider.tfplugin6.ClientCapabilities;
import dev.drover.provider.tfplugin6.Diagnostic;
import dev.drover.provider.tfplugin6.DynamicValue;
import dev.drover.provider.tfplugin6.GetMetadata;
import dev.drover.provider.tfplugin6.GetProviderSchema;
import dev.drover.provider.tfplugin6.ReadResource;
import dev.drover.provider.tfplugin6.UpgradeResourceState;
import dev.drover.provider.tfplugin6.ValidateResourceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderMethodsTest {
    private static final Schema SCHEMA =
            new Schema(
                    2,
                    "",
                    List.of(
                            Attribute.of("name", Type.STRING, Attribute.Presence.REQUIRED),
                            Attribute.of("key_wo", Type.STRING, Attribute.Presence.OPTIONAL)
                                    .writeOnly()));

    private final List<String> log = new ArrayList<>();
    private final Single provider = new Single();

    @Test
    void writeOnlyValueIsRefusedWhenTheClientWouldStoreIt() throws Exception {
        ValidateResourceConfig.Request.Builder request =
                ValidateResourceConfig.Request.newBuilder()
                        .setTypeName("x_single")
                        .setConfig(object("n", Value.text("secret")));
        Diagnostic refused =
                ValidateResourceConfig.Response.parseFrom(
                                call("ValidateResourceConfig", request.build().toByteArray()))
                        .getDiagnostics(0);
        assertThat(refused.getDetail())
                .contains("key_wo", "Terraform 1.11")
                .doesNotContain("secret");
        assertThat(refused.getAttribute().getSteps(0).getAttributeName()).isEqualTo("key_wo");

        request.setClientCapabilities(
                ClientCapabilities.newBuilder().setWriteOnlyAttributesAllowed(true));
        assertThat(
                        ValidateResourceConfig.Response.parseFrom(
                                        call(
                                                "ValidateResourceConfig",
                                                request.build().toByteArray()))
                                .getDiagnosticsList())
                .isEmpty();
    }

    @Test
    void failedDeletionKeepsTheObject() throws Exception {
        ApplyResourceChange.Response response =
                ApplyResourceChange.Response.parseFrom(
                        call(
                                "ApplyResourceChange",
                                ApplyResourceChange.Request.newBuilder()
                                        .setTypeName("x_single")
                                        .setPriorState(object("undeletable", Absent.NULL))
                                        .setPlannedState(Values.encode(SCHEMA.type(), Absent.NULL))
                                        .build()
                                        .toByteArray()));
        assertThat(response.hasNewState()).isFalse();
        assertThat(response.getDiagnostics(0).getSummary()).isEqualTo("Still in use");
    }

    @Test
    void privateStateComesBackFromARead() throws Exception {
        Call writer = new Call(new dev.drover.provider.framework.Cancellation());
        writer.privateState().put("revision", "12");
        ByteString stored = Values.encodePrivate(writer.privateState());
        ReadResource.Response response =
                ReadResource.Response.parseFrom(
                        call(
                                "ReadResource",
                                ReadResource.Request.newBuilder()
                                        .setTypeName("x_single")
                                        .setCurrentState(object("n", Absent.NULL))
                                        .setPrivate(stored)
                                        .build()
                                        .toByteArray()));
        assertThat(response.getPrivate()).isEqualTo(stored);
        assertThat(provider.seen.get("revision")).isEqualTo("12");
    }

    @Test
    void cancellationLastsUntilTheNextRunBegins() {
        List<Method> methods = ProviderMethods.of(provider, (level, message, cause) -> {});
        byte[] read =
                ReadResource.Request.newBuilder()
                        .setTypeName("x_single")
                        .setCurrentState(object("n", Absent.NULL))
                        .build()
                        .toByteArray();
        named(methods, "StopProvider").call(new byte[0]);
        named(methods, "ReadResource").call(read);
        assertThat(provider.cancelled).isTrue();
        named(methods, "ConfigureProvider").call(new byte[0]);
        named(methods, "ReadResource").call(read);
        assertThat(provider.cancelled).isFalse();
    }

    @Test
    void unknownTypeIsADiagnostic() throws Exception {
        ReadResource.Response response =
                ReadResource.Response.parseFrom(
                        call(
                                "ReadResource",
                                ReadResource.Request.newBuilder()
                                        .setTypeName("x_other")
                                        .build()
                                        .toByteArray()));
        assertThat(response.getDiagnostics(0).getDetail()).contains("\"x_other\"");
        assertThat(log).isEmpty();
    }

    @Test
    void valueThatIsNoMsgpackIsAnInternalErrorWithItsIdInTheLog() throws Exception {
        ReadResource.Response response =
                ReadResource.Response.parseFrom(
                        call(
                                "ReadResource",
                                ReadResource.Request.newBuilder()
                                        .setTypeName("x_single")
                                        .setCurrentState(
                                                DynamicValue.newBuilder()
                                                        .setMsgpack(ByteString.copyFromUtf8("?")))
                                        .build()
                                        .toByteArray()));
        String summary = response.getDiagnostics(0).getSummary();
        assertThat(summary).startsWith("Internal error, id ");
        assertThat(log)
                .singleElement()
                .asString()
                .contains(summary.substring("Internal error, ".length()));
    }

    @Test
    void stateOfTerraformBefore012IsADiagnostic() throws Exception {
        UpgradeResourceState.Request.Builder request =
                UpgradeResourceState.Request.newBuilder().setTypeName("x_single");
        request.getRawStateBuilder().putFlatmap("name", "n");
        assertThat(
                        UpgradeResourceState.Response.parseFrom(
                                        call("UpgradeResourceState", request.build().toByteArray()))
                                .getDiagnostics(0)
                                .getSummary())
                .isEqualTo("State is too old");
    }

    @Test
    void requestThatIsNoMessageFailsTheCall() {
        byte[] broken = {0x0a, 0x7f};
        assertThatThrownBy(() -> call("ReadResource", broken))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void schemaMadeAtBuildTimeIsServedAsItIs() {
        provider.encoded = Optional.of(new byte[] {1, 2, 3});
        assertThat(call("GetProviderSchema", new byte[0])).containsExactly(1, 2, 3);
    }

    @Test
    void schemaHasABlockForEverything() throws Exception {
        GetProviderSchema.Response response =
                GetProviderSchema.Response.parseFrom(call("GetProviderSchema", new byte[0]));
        assertThat(response.getProvider().hasBlock()).isTrue();
        assertThat(response.getResourceSchemasOrThrow("x_single").getVersion()).isEqualTo(2);
        assertThat(response.getServerCapabilities().getGetProviderSchemaOptional()).isTrue();
        assertThat(response.getServerCapabilities().getPlanDestroy()).isTrue();
    }

    @Test
    void metadataNamesTheResources() throws Exception {
        assertThat(
                        GetMetadata.Response.parseFrom(call("GetMetadata", new byte[0]))
                                .getResources(0)
                                .getTypeName())
                .isEqualTo("x_single");
    }

    private byte[] call(String name, byte[] request) {
        return named(
                        ProviderMethods.of(provider, (level, message, cause) -> log.add(message)),
                        name)
                .call(request);
    }

    private static Method named(List<Method> methods, String name) {
        return methods.stream()
                .filter(method -> method.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static DynamicValue object(String name, Value key) {
        return Values.encode(
                SCHEMA.type(), new Value.Entries(Map.of("name", Value.text(name), "key_wo", key)));
    }

    /** One resource, which deletes nothing that is called "undeletable". */
    private static final class Single implements Provider, Resource {
        private Optional<byte[]> encoded = Optional.empty();
        private Map<String, String> seen = Map.of();
        private boolean cancelled;

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public Set<String> resourceTypes() {
            return Set.of("x_single");
        }

        @Override
        public Optional<Resource> resource(String type) {
            return type.equals("x_single") ? Optional.of(this) : Optional.empty();
        }

        @Override
        public Set<String> dataSourceTypes() {
            return Set.of();
        }

        @Override
        public Optional<DataSource> dataSource(String type) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> encodedSchema() {
            return encoded;
        }

        @Override
        public void validate(Value.Entries config, Call call) {}

        @Override
        public void configure(Value.Entries config, Call call) {}

        @Override
        public Value read(Value.Entries current, Call call) {
            seen = call.privateState().all();
            cancelled = call.cancellation().isRequested();
            return current;
        }

        @Override
        public Value create(Change change, Call call) {
            return change.planned();
        }

        @Override
        public Value update(Change change, Call call) {
            return change.planned();
        }

        @Override
        public void delete(Value.Entries prior, Call call) {
            if (prior.get("name").equals(Value.text("undeletable"))) {
                call.diagnostics().error("Still in use", "Remove what refers to it first.");
            }
        }
    }
}
