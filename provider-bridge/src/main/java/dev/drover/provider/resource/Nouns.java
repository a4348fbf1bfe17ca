package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.drover.v1.ApplicationProto;
import dev.drover.v1.CalendarProto;
import dev.drover.v1.ClusterProto;
import dev.drover.v1.EnvironmentProto;
import dev.drover.v1.PipelineProto;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.ProjectProto;
import dev.drover.v1.ServiceAccountProto;
import dev.drover.v1.VerificationProto;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The declarative nouns of the API. What a noun's proto declares is read only when somebody asks
 * for it: loading a proto takes time, and most processes need few.
 */
final class Nouns {
    private static final Map<String, Supplier<FileDescriptor>> FILES =
            Map.of(
                    "drover_application", ApplicationProto::getDescriptor,
                    "drover_calendar", CalendarProto::getDescriptor,
                    "drover_cluster", ClusterProto::getDescriptor,
                    "drover_environment", EnvironmentProto::getDescriptor,
                    "drover_pipeline", PipelineProto::getDescriptor,
                    "drover_policy", PolicyProto::getDescriptor,
                    "drover_project", ProjectProto::getDescriptor,
                    "drover_service_account", ServiceAccountProto::getDescriptor,
                    "drover_verification", VerificationProto::getDescriptor);

    private static final Map<String, String> SINGULARS =
            Map.of(
                    "drover_applications", "drover_application",
                    "drover_calendars", "drover_calendar",
                    "drover_clusters", "drover_cluster",
                    "drover_environments", "drover_environment",
                    "drover_pipelines", "drover_pipeline",
                    "drover_policies", "drover_policy",
                    "drover_projects", "drover_project",
                    "drover_service_accounts", "drover_service_account",
                    "drover_verifications", "drover_verification");

    private static final Map<String, Noun> READ = new ConcurrentHashMap<>();

    private Nouns() {}

    /** The names of resources, in order: what is encoded must not change from build to build. */
    static SortedSet<String> types() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(FILES.keySet()));
    }

    /** The names of data sources of many, in order. */
    static SortedSet<String> pluralTypes() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(SINGULARS.keySet()));
    }

    /** The noun of a resource, for example {@code drover_cluster}. */
    static Optional<Noun> of(String type) {
        return Optional.ofNullable(FILES.get(type))
                .map(file -> READ.computeIfAbsent(type, key -> Noun.of(file.get())));
    }

    /** The noun of a data source of many, for example {@code drover_clusters}. */
    static Optional<Noun> ofPlural(String type) {
        return Optional.ofNullable(SINGULARS.get(type)).flatMap(Nouns::of);
    }

    /** The noun of a resource type of the API, for example {@code drover.dev/Cluster}. */
    static Optional<Noun> ofApiType(String type) {
        String name = type.substring(type.indexOf('/') + 1);
        return of("drover" + Noun.snake(name));
    }
}
