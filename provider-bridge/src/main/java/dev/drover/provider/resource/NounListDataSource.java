package dev.drover.provider.resource;

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
    @Override
    public Value read(Value.Entries config, Call call) {
        List<Value> found = new ArrayList<>();
        Schema element = element();
        try {
            new NounPages(noun, gateway)
                    .each(
                            config,
                            item -> found.add(States.of(noun, element, item, Absent.NULL)),
                            call);
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
}
