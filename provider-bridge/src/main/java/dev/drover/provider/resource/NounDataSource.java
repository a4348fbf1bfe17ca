package dev.drover.provider.resource;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;

/** Any declarative noun, read by its name. */
record NounDataSource(Noun noun, Schema schema, Gateway gateway) implements DataSource {
    @Override
    public Value read(Value.Entries config, Call call) {
        String name = noun.name(config);
        try {
            return States.of(
                    noun,
                    schema,
                    gateway.call(noun.method("Get"), new NounRequests(noun).get(name), call),
                    config);
        } catch (RefusedException refused) {
            new Refusals(noun, gateway).report(refused, "read " + name, call);
            return Absent.NULL;
        }
    }
}
