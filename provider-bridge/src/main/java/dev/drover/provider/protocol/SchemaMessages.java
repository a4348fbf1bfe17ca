package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.tfplugin6.GetProviderSchema;
import dev.drover.provider.tfplugin6.ServerCapabilities;
import dev.drover.provider.tfplugin6.StringKind;
import java.util.List;
import java.util.TreeSet;

/** Schemas as messages. */
public final class SchemaMessages {
    private SchemaMessages() {}

    /**
     * The whole schema response; a build may keep it, for {@link Provider#encodedSchema} to serve
     * later.
     */
    public static byte[] encode(Provider provider) {
        GetProviderSchema.Response.Builder response =
                GetProviderSchema.Response.newBuilder()
                        .setProvider(schema(provider.schema()))
                        .setServerCapabilities(capabilities());
        for (String type : provider.resourceTypes()) {
            Resource resource = provider.resource(type).orElseThrow();
            response.putResourceSchemas(type, schema(resource.schema()));
        }
        for (String type : provider.dataSourceTypes()) {
            DataSource source = provider.dataSource(type).orElseThrow();
            response.putDataSourceSchemas(type, schema(source.schema()));
        }
        for (String type : new TreeSet<>(provider.ephemeralTypes())) {
            response.putEphemeralResourceSchemas(
                    type, schema(provider.ephemeral(type).orElseThrow().schema()));
        }
        for (String type : new TreeSet<>(provider.listTypes())) {
            response.putListResourceSchemas(
                    type, schema(provider.list(type).orElseThrow().schema()));
        }
        response.putAllFunctions(FunctionMessages.of(provider));
        return response.build().toByteArray();
    }

    static ServerCapabilities capabilities() {
        return ServerCapabilities.newBuilder()
                .setPlanDestroy(true)
                .setGetProviderSchemaOptional(true)
                .build();
    }

    private static dev.drover.provider.tfplugin6.Schema schema(Schema schema) {
        return dev.drover.provider.tfplugin6.Schema.newBuilder()
                .setVersion(schema.version())
                .setBlock(
                        dev.drover.provider.tfplugin6.Schema.Block.newBuilder()
                                .setVersion(schema.version())
                                .addAllAttributes(attributes(schema.attributes()))
                                .setDescription(schema.description())
                                .setDescriptionKind(StringKind.MARKDOWN))
                .build();
    }

    private static List<dev.drover.provider.tfplugin6.Schema.Attribute> attributes(
            List<Attribute> attributes) {
        return attributes.stream().map(SchemaMessages::attribute).toList();
    }

    private static dev.drover.provider.tfplugin6.Schema.Attribute attribute(Attribute attribute) {
        Attribute.Presence presence = attribute.presence();
        var message =
                dev.drover.provider.tfplugin6.Schema.Attribute.newBuilder()
                        .setName(attribute.name())
                        .setDescription(attribute.description())
                        .setDescriptionKind(StringKind.MARKDOWN)
                        .setRequired(presence == Attribute.Presence.REQUIRED)
                        .setOptional(
                                presence == Attribute.Presence.OPTIONAL
                                        || presence == Attribute.Presence.OPTIONAL_COMPUTED)
                        .setComputed(presence.isComputed())
                        .setSensitive(attribute.rules().sensitive())
                        .setWriteOnly(attribute.rules().writeOnly())
                        .setDeprecated(!attribute.deprecation().isEmpty())
                        .setDeprecationMessage(attribute.deprecation());
        if (attribute.nested().isPresent()) {
            message.setNestedType(nested(attribute.nested().get()));
        } else {
            message.setType(ByteString.copyFromUtf8(TypeJson.text(attribute.type())));
        }
        return message.build();
    }

    private static dev.drover.provider.tfplugin6.Schema.Object nested(Attribute.Nested nested) {
        return dev.drover.provider.tfplugin6.Schema.Object.newBuilder()
                .addAllAttributes(attributes(nested.attributes()))
                .setNesting(
                        switch (nested.nesting()) {
                            case SINGLE ->
                                    dev.drover.provider.tfplugin6.Schema.Object.NestingMode.SINGLE;
                            case LIST ->
                                    dev.drover.provider.tfplugin6.Schema.Object.NestingMode.LIST;
                            case SET -> dev.drover.provider.tfplugin6.Schema.Object.NestingMode.SET;
                            case MAP -> dev.drover.provider.tfplugin6.Schema.Object.NestingMode.MAP;
                        })
                .build();
    }
}
