package dev.drover.provider.framework;

import java.util.Optional;
import java.util.Set;

/** What the process offers. Only {@link #configure} may connect anywhere. */
public interface Provider {
    /** The schema of the provider block. */
    Schema schema();

    /** The names of all resources, such as {@code drover_cluster}. */
    Set<String> resourceTypes();

    /** A resource by name; made when it is first asked for, because most processes need few. */
    Optional<Resource> resource(String type);

    /** The names of all data sources. */
    Set<String> dataSourceTypes();

    /** A data source by name. */
    Optional<DataSource> dataSource(String type);

    /** The names of all functions, without a prefix. */
    default Set<String> functionNames() {
        return Set.of();
    }

    /** A function by name. */
    default Optional<Function> function(String name) {
        return Optional.empty();
    }

    /** The names of all ephemeral resources. */
    default Set<String> ephemeralTypes() {
        return Set.of();
    }

    /** An ephemeral resource by name. */
    default Optional<EphemeralResource> ephemeral(String type) {
        return Optional.empty();
    }

    /** The names of the resources whose objects can be listed; each has an identity. */
    default Set<String> listTypes() {
        return Set.of();
    }

    /** A list by the name of its resource. */
    default Optional<ListResource> list(String type) {
        return Optional.empty();
    }

    /** Checks the provider block; values may be unknown. */
    default void validate(Value.Entries config, Call call) {}

    /**
     * Takes the provider block. During a plan its values may be unknown: that is no error here,
     * calls that need the connection say so. In debug mode the same process is configured again for
     * each run.
     */
    void configure(Value.Entries config, Call call);

    /** No more calls come: gives up its connections. */
    default void close() {}

    /**
     * The encoded schema response, made at build time; empty: it is made from the schemas when
     * asked for.
     */
    default Optional<byte[]> encodedSchema() {
        return Optional.empty();
    }

    /** The same for the identity schemas. */
    default Optional<byte[]> encodedIdentities() {
        return Optional.empty();
    }
}
