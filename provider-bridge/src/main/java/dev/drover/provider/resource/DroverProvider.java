package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Presence;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.ApplicationProto;
import dev.drover.v1.ClusterProto;
import dev.drover.v1.EnvironmentProto;
import dev.drover.v1.PipelineProto;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.ProjectProto;
import dev.drover.v1.ServiceAccountProto;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The provider {@code drover.dev/drover/drover}: every declarative noun of the API. */
public final class DroverProvider implements Provider {
    /** The source address. */
    public static final String ADDRESS = "drover.dev/drover/drover";

    private static final String ENCODED = "schema.binpb";

    /**
     * What a noun's proto declares is read only when somebody asks for it: loading a proto takes
     * time.
     */
    private static final SortedMap<String, Supplier<FileDescriptor>> NOUNS =
            inOrder(
                    Map.of(
                            "drover_application", ApplicationProto::getDescriptor,
                            "drover_cluster", ClusterProto::getDescriptor,
                            "drover_environment", EnvironmentProto::getDescriptor,
                            "drover_pipeline", PipelineProto::getDescriptor,
                            "drover_policy", PolicyProto::getDescriptor,
                            "drover_project", ProjectProto::getDescriptor,
                            "drover_service_account", ServiceAccountProto::getDescriptor));

    private static final Map<String, String> SINGULARS =
            Map.of(
                    "drover_applications", "drover_application",
                    "drover_clusters", "drover_cluster",
                    "drover_environments", "drover_environment",
                    "drover_pipelines", "drover_pipeline",
                    "drover_policies", "drover_policy",
                    "drover_projects", "drover_project",
                    "drover_service_accounts", "drover_service_account");

    private final Map<String, Resource> resources = new ConcurrentHashMap<>();
    private final Map<String, DataSource> dataSources = new ConcurrentHashMap<>();
    private final NounAttributes attributes;
    private final Gateway gateway;

    private DroverProvider(NounAttributes attributes, Map<String, String> environment) {
        this.attributes = attributes;
        this.gateway = new Gateway(environment);
    }

    /** In the same order each time: the encoded schema must not change from build to build. */
    private static <T> SortedMap<String, T> inOrder(Map<String, T> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
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
        return NOUNS.keySet();
    }

    @Override
    public Optional<Resource> resource(String type) {
        Supplier<FileDescriptor> file = NOUNS.get(type);
        return file == null
                ? Optional.empty()
                : Optional.of(
                        resources.computeIfAbsent(
                                type,
                                key -> {
                                    Noun noun = Noun.of(file.get());
                                    return new NounResource(
                                            noun, attributes.resource(noun), gateway);
                                }));
    }

    @Override
    public Set<String> dataSourceTypes() {
        Set<String> types = new TreeSet<>(NOUNS.keySet());
        types.addAll(SINGULARS.keySet());
        return types;
    }

    @Override
    public Optional<DataSource> dataSource(String type) {
        boolean many = SINGULARS.containsKey(type);
        Supplier<FileDescriptor> file = NOUNS.get(SINGULARS.getOrDefault(type, type));
        return file == null
                ? Optional.empty()
                : Optional.of(
                        dataSources.computeIfAbsent(
                                type, key -> dataSource(Noun.of(file.get()), many)));
    }

    private DataSource dataSource(Noun noun, boolean many) {
        return many
                ? new NounListDataSource(noun, attributes.listDataSource(noun), gateway)
                : new NounDataSource(noun, attributes.dataSource(noun), gateway);
    }

    @Override
    public void configure(Value.Entries config, Call call) {
        gateway.configure(config, call);
    }

    @Override
    public Optional<byte[]> encodedSchema() {
        try (InputStream in = DroverProvider.class.getResourceAsStream(ENCODED)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
