package dev.drover.provider.resource;

import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.EphemeralResource;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.ListResource;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The provider {@code drover.dev/drover/drover}: every declarative noun of the API. */
public final class DroverProvider implements Provider {
    /** The source address. */
    public static final String ADDRESS = "drover.dev/drover/drover";

    static final String SCHEMA = "schema.binpb";
    static final String IDENTITIES = "identities.binpb";

    private final Map<String, Resource> resources = new ConcurrentHashMap<>();
    private final NounAttributes attributes;
    private final Gateway gateway;

    private DroverProvider(NounAttributes attributes, Map<String, String> environment) {
        this.attributes = attributes;
        this.gateway = new Gateway(environment);
    }

    /** A provider that takes what its block leaves out from these environment variables. */
    public static DroverProvider with(Map<String, String> environment) {
        return new DroverProvider(new NounAttributes(Comments.NONE), environment);
    }

    /** The same with descriptions, which only readers of the schema need. */
    static DroverProvider described() {
        return new DroverProvider(new NounAttributes(Comments.read()), Map.of());
    }

    @Override
    public Schema schema() {
        return new Schema(
                0,
                "Declares where and under which rules software may run; Drover enforces it.",
                List.of(
                        Attribute.of("address", Type.STRING, Presence.OPTIONAL)
                                .describedAs(
                                        "Address of the gateway. Default: `DROVER_ADDR`, or `http://127.0.0.1:4680`."),
                        Attribute.of("token", Type.STRING, Presence.OPTIONAL)
                                .sensitive()
                                .describedAs("Token of the caller. Default: `DROVER_TOKEN`."),
                        Attribute.of("ca_cert", Type.STRING, Presence.OPTIONAL)
                                .describedAs(
                                        "PEM file of the certificate authorities that sign the gateway's certificate."
                                                + " Default: `DROVER_CACERT`, or those of the system.")));
    }

    @Override
    public Set<String> resourceTypes() {
        return Nouns.types();
    }

    @Override
    public Optional<Resource> resource(String type) {
        return Nouns.of(type)
                .map(noun ->
                        resources.computeIfAbsent(
                                type,
                                key -> new NounResource(noun, attributes.resource(noun), gateway)));
    }

    @Override
    public Set<String> dataSourceTypes() {
        SortedSet<String> types = new TreeSet<>(Nouns.types());
        types.addAll(Nouns.pluralTypes());
        types.addAll(LiveDataSources.types());
        return types;
    }

    @Override
    public Optional<DataSource> dataSource(String type) {
        return Nouns.ofPlural(type)
                .<DataSource>map(noun ->
                        new NounListDataSource(noun, attributes.listDataSource(noun), gateway))
                .or(() ->
                        Nouns.of(type)
                                .map(noun ->
                                        new NounDataSource(
                                                noun, attributes.dataSource(noun), gateway)))
                .or(() -> LiveDataSources.of(type, attributes, gateway));
    }

    @Override
    public Set<String> ephemeralTypes() {
        return Set.of(Token.TYPE);
    }

    @Override
    public Optional<EphemeralResource> ephemeral(String type) {
        return type.equals(Token.TYPE) ? Optional.of(Token.of(gateway)) : Optional.empty();
    }

    @Override
    public Set<String> listTypes() {
        return resourceTypes();
    }

    @Override
    public Optional<ListResource> list(String type) {
        return resource(type)
                .map(resource -> NounList.of(Nouns.of(type).orElseThrow(), resource, gateway));
    }

    @Override
    public Set<String> functionNames() {
        return Functions.names();
    }

    @Override
    public Optional<Function> function(String name) {
        return Functions.of(name);
    }

    @Override
    public void validate(Value.Entries config, Call call) {
        gateway.validate(config, call);
    }

    @Override
    public void configure(Value.Entries config, Call call) {
        gateway.configure(config, call);
    }

    @Override
    public void close() {
        gateway.disconnect();
    }

    @Override
    public Optional<byte[]> encodedSchema() {
        return madeByTheBuild(SCHEMA);
    }

    @Override
    public Optional<byte[]> encodedIdentities() {
        return madeByTheBuild(IDENTITIES);
    }

    private static Optional<byte[]> madeByTheBuild(String file) {
        try (InputStream in = DroverProvider.class.getResourceAsStream(file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
