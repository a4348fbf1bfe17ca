package dev.drover.provider.resource;

import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.ListResource;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Any declarative noun, found by the filter of the API. */
record NounList(Noun noun, Schema schema, Resource resource, NounPages pages, Gateway gateway)
        implements ListResource {
    static NounList of(Noun noun, Resource resource, Gateway gateway) {
        List<Attribute> attributes = new ArrayList<>();
        if (noun.inProject()) {
            attributes.add(
                    Attribute.of("project", Type.STRING, Presence.REQUIRED)
                            .describedAs("The id of the project that they are in."));
        }
        attributes.add(
                Attribute.of("filter", Type.STRING, Presence.OPTIONAL)
                        .describedAs(
                                "A filter as in AIP-160, for example `labels.tier = \"prod\"`."));
        Schema schema = new Schema(0, "Finds them, managed by Terraform or not.", attributes);
        return new NounList(noun, schema, resource, new NounPages(noun, gateway), gateway);
    }

    @Override
    public void list(Value.Entries config, boolean whole, Predicate<Found> found, Call call) {
        try {
            pages.each(config, item -> found.test(found(item, whole)), call);
        } catch (RefusedException refused) {
            new Refusals(schema, gateway).report(refused, "list " + noun.plural(), call);
        }
    }

    private Found found(Message item, boolean whole) {
        Value.Entries state = States.of(noun, resource.schema(), item, Absent.NULL);
        Value.Entries identity = resource.identityOf(state);
        String called = NounRequests.text(state, "display_name");
        return new Found(
                identity,
                called.isEmpty() ? NounRequests.text(state, "id") : called,
                whole ? Optional.of(state) : Optional.empty());
    }
}
