package dev.drover.provider.sample;

import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.DiagnosticException;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.plugin.ProviderProcess;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The provider {@code example.com/test/sample}. */
public final class SampleProvider implements Provider {
    static final String ADDRESS = "example.com/test/sample";
    private static final String THING = "sample_thing";

    private final Things things;

    SampleProvider(Things things) {
        this.things = things;
    }

    /** As a process of its own; what it has created lives as long as the process. */
    public static void main(String[] args) {
        ProviderProcess.run(ADDRESS, () -> new SampleProvider(new Things()), args);
    }

    @Override
    public Schema schema() {
        return new Schema(0, "", List.of(Attribute.of("region", Type.STRING, Presence.OPTIONAL)));
    }

    @Override
    public Set<String> resourceTypes() {
        return Set.of(THING);
    }

    @Override
    public Optional<Resource> resource(String type) {
        return type.equals(THING) ? Optional.of(new ThingResource(things)) : Optional.empty();
    }

    @Override
    public Set<String> dataSourceTypes() {
        return Set.of(THING);
    }

    @Override
    public Optional<DataSource> dataSource(String type) {
        return type.equals(THING) ? Optional.of(new ThingData(things)) : Optional.empty();
    }

    @Override
    public void configure(Value.Entries config, Call call) {}

    /** Terraform has what is printed here in its log. */
    @Override
    public void close() {
        System.err.println("the sample is closed");
    }

    /** Looks a thing up by its id. */
    private record ThingData(Things things) implements DataSource {
        @Override
        public Schema schema() {
            return new Schema(
                    0,
                    "",
                    List.of(
                            Attribute.of("id", Type.STRING, Presence.REQUIRED),
                            Attribute.of("set", new Type.SetOf(Type.STRING), Presence.COMPUTED),
                            Attribute.of("note", Type.STRING, Presence.COMPUTED)));
        }

        @Override
        public Value read(Value.Entries config, Call call) {
            String id = ((Value.Text) config.get("id")).text();
            Value.Entries thing = things.byId.get(id);
            if (thing == null) {
                throw new DiagnosticException(
                        Diagnostic.error("No such thing", "There is no thing \"" + id + "\"."));
            }
            return config.with("note", thing.get("note")).with("set", new Value.Members(List.of()));
        }
    }
}
