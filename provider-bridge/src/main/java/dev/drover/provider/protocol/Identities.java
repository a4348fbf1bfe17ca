package dev.drover.provider.protocol;

import com.google.protobuf.ByteString;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Identity;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.GetResourceIdentitySchemas;
import dev.drover.provider.tfplugin6.ResourceIdentityData;
import dev.drover.provider.tfplugin6.ResourceIdentitySchema;
import java.util.Optional;

/** Identities of objects in messages. Whoever does not know of them skips the field. */
public final class Identities {
    private Identities() {}

    /** All identity schemas; a build may keep them, for {@link Provider#encodedIdentities}. */
    public static byte[] encode(Provider provider) {
        var response = GetResourceIdentitySchemas.Response.newBuilder();
        for (String type : provider.resourceTypes()) {
            provider.resource(type)
                    .flatMap(Resource::identity)
                    .ifPresent(identity -> response.putIdentitySchemas(type, schema(identity)));
        }
        return response.build().toByteArray();
    }

    private static ResourceIdentitySchema schema(Identity identity) {
        var schema = ResourceIdentitySchema.newBuilder().setVersion(identity.version());
        for (Attribute attribute : identity.attributes()) {
            boolean required = attribute.presence() == Attribute.Presence.REQUIRED;
            schema.addIdentityAttributesBuilder()
                    .setName(attribute.name())
                    .setType(ByteString.copyFromUtf8(TypeJson.text(attribute.type())))
                    .setRequiredForImport(required)
                    .setOptionalForImport(!required)
                    .setDescription(attribute.description());
        }
        return schema.build();
    }

    /**
     * The identity of an object that exists. It belongs into every answer that has a state:
     * Terraform erases what is left out.
     */
    static Optional<ResourceIdentityData> of(Resource resource, Value state) {
        return state instanceof Value.Entries object
                ? resource.identity()
                        .map(identity -> message(identity, resource.identityOf(object)))
                : Optional.empty();
    }

    static ResourceIdentityData message(Identity identity, Value value) {
        return ResourceIdentityData.newBuilder()
                .setIdentityData(Values.encode(identity.type(), value))
                .build();
    }

    static Value decode(Identity identity, ResourceIdentityData message) {
        return Values.decode(identity.type(), message.getIdentityData());
    }
}
