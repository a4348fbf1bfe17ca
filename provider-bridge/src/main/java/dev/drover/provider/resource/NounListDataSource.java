package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import java.util.ArrayList;
import java.util.List;

/** Declarative nouns of one kind, by a filter. */
record NounListDataSource(Noun noun, Schema schema, Gateway gateway) implements DataSource {
    private static final int PAGE = 500;

    @Override
    public Value read(Value.Entries config, Call call) {
        List<Value> found = new ArrayList<>();
        String token = "";
        try {
            do {
                Message page = gateway.call(noun.listMethod(), request(config, token), call);
                for (Object item : (List<?>) page.getField(items(page))) {
                    found.add(States.of(noun, element(), (Message) item, Absent.NULL));
                }
                token =
                        (String)
                                page.getField(
                                        page.getDescriptorForType()
                                                .findFieldByName("next_page_token"));
            } while (!token.isEmpty());
        } catch (RefusedException refused) {
            new Refusals(noun, gateway).report(refused, "list " + noun.plural(), call);
            return Absent.NULL;
        }
        return config.with(noun.pluralAttribute(), new Value.Sequence(found));
    }

    private Schema element() {
        for (Attribute attribute : schema.attributes()) {
            if (attribute.name().equals(noun.pluralAttribute())) {
                return new Schema(0, "", attribute.nested().orElseThrow().attributes());
            }
        }
        throw new IllegalStateException(noun.pluralType() + " has no list");
    }

    private Message request(Value.Entries config, String token) {
        var type = noun.listMethod().getInputType();
        DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
        if (noun.inProject()) {
            request.setField(
                    type.findFieldByName("parent"),
                    noun.parent(NounRequests.text(config, "project")));
        }
        return request.setField(type.findFieldByName("page_size"), PAGE)
                .setField(type.findFieldByName("page_token"), token)
                .setField(type.findFieldByName("filter"), NounRequests.text(config, "filter"))
                .build();
    }

    private static FieldDescriptor items(Message page) {
        for (FieldDescriptor field : page.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                return field;
            }
        }
        throw new IllegalStateException(page.getDescriptorForType().getFullName() + " has no list");
    }
}
