package dev.drover.gateway.workload;

import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.Promotion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which promotion brought which version of a job: by the index that its registration got, and by
 * the tag that Drover gave the version.
 */
final class Origins {
    private static final String TAG = "drover-";

    private final Lookup lookup;
    private final String environment;
    private final Map<String, Promotion> known = new LinkedHashMap<>();

    /** Knows the promotions that the state names, and finds others by tag. */
    Origins(Lookup lookup, String environment, EnvironmentState state) {
        this.lookup = lookup;
        this.environment = environment;
        Stream.of(state.getActivePromotion(), state.getLastPromotion(), state.getPromotion())
                .forEach(this::promotion);
    }

    /** The promotion of a version; empty where Drover did not bring it. */
    Optional<Promotion> of(String job, JobVersion version) {
        Optional<Promotion> registered =
                known.values().stream().filter(one -> registered(one, job, version)).findFirst();
        return registered.or(() -> version.tag().flatMap(this::tagged));
    }

    private static boolean registered(Promotion promotion, String job, JobVersion version) {
        return promotion.getRollout().getPhasesList().stream()
                .anyMatch(phase ->
                        phase.getJob().equals(job)
                                && phase.getJobModifyIndex() != 0
                                && phase.getJobModifyIndex() == version.indexes().spec());
    }

    private Optional<Promotion> tagged(String tag) {
        if (!tag.startsWith(TAG)) {
            return Optional.empty();
        }
        String project = environment.substring(0, environment.indexOf("/environments/"));
        return promotion(project + "/promotions/" + tag.substring(TAG.length()))
                .filter(one -> one.getEnvironment().equals(environment));
    }

    /** A promotion by its name; empty where there is none of it. */
    Optional<Promotion> promotion(String name) {
        Optional<Promotion> there = Optional.ofNullable(known.get(name));
        if (there.isPresent() || name.isEmpty()) {
            return there;
        }
        Optional<Promotion> found = lookup.find(Promotion.class, name).map(Versioned::message);
        found.ifPresent(one -> known.put(name, one));
        return found;
    }
}
