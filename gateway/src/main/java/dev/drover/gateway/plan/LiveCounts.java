package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The counts that an autoscaler, or a person, gave the groups of a job in Nomad. */
public final class LiveCounts {
    /** What differs from version to version of the same job. */
    private static final Set<String> BOOKKEEPING =
            Set.of(
                    "Version",
                    "VersionTag",
                    "Stable",
                    "Status",
                    "StatusDescription",
                    "SubmitTime",
                    "CreateIndex",
                    "ModifyIndex",
                    "JobModifyIndex",
                    "NomadTokenID");

    private LiveCounts() {}

    /**
     * Gives the groups of a job the counts that they have in Nomad.
     *
     * @return what was changed, one line each
     */
    static List<String> take(ObjectNode spec, NomadCluster cluster, String namespace) {
        Optional<RunningJob> running =
                cluster.job(namespace, spec.path("ID").asText()).filter(job -> !job.stopped());
        List<String> changes = new ArrayList<>();
        running.ifPresent(job -> {
            Map<String, Long> counts = counts(job.spec());
            for (JobGroup group : JobGroup.all(spec)) {
                Long count = counts.get(group.name());
                if (count != null && count != group.count()) {
                    changes.add(
                            "group \"%s\" > count: %d as in Nomad, instead of %d"
                                    .formatted(group.name(), count, group.count()));
                    group.spec().put("Count", Math.toIntExact(count));
                }
            }
        });
        return changes;
    }

    /** A copy with the counts of a job in Nomad. */
    public static ObjectNode with(ObjectNode spec, RunningJob job) {
        ObjectNode copy = spec.deepCopy();
        Map<String, Long> counts = counts(job.spec());
        for (JobGroup group : JobGroup.all(copy)) {
            Long count = counts.get(group.name());
            if (count != null) {
                group.spec().put("Count", Math.toIntExact(count));
            }
        }
        return copy;
    }

    /**
     * Whether the job differs from what it was at this index in nothing but counts: somebody scaled
     * it.
     *
     * @param versions as Nomad keeps them, newest first
     */
    public static boolean onlyScaled(List<JobVersion> versions, long index) {
        Optional<JobVersion> then =
                versions.stream().filter(one -> one.indexes().spec() == index).findFirst();
        return then.isPresent()
                && !versions.getFirst().stopped()
                && withoutCounts(then.get().spec())
                        .equals(withoutCounts(versions.getFirst().spec()));
    }

    /** What of a job does not move when it is scaled; canaries are a share of the counts. */
    static ObjectNode withoutCounts(ObjectNode spec) {
        ObjectNode copy = spec.deepCopy();
        copy.remove(BOOKKEEPING);
        for (JobGroup group : JobGroup.all(copy)) {
            group.spec().remove("Count");
            if (group.spec().path("Update") instanceof ObjectNode update) {
                update.remove("Canary");
            }
        }
        return copy;
    }

    private static Map<String, Long> counts(JsonNode spec) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (JobGroup group : JobGroup.all(spec)) {
            counts.put(group.name(), group.count());
        }
        return counts;
    }
}
