package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Submission;
import java.util.Map;

/**
 * A job as it is registered, but for sensitive values, which are placeholders here.
 *
 * @param id the id of the Nomad job
 * @param wave jobs of a lower wave go first
 * @param spec the job as Nomad takes it; not to be changed
 * @param submission what Nomad keeps beside it for people to read; holds no sensitive value
 * @param kept what the spec does not tell of itself
 */
public record RenderedJob(String id, int wave, ObjectNode spec, Submission submission, Kept kept) {

    /** A job of which the spec tells everything. */
    public RenderedJob(String id, int wave, ObjectNode spec, Submission submission) {
        this(id, wave, spec, submission, Kept.NOTHING);
    }

    /**
     * SHA-256 in hex of all that the strategy does not own: every spec of the same job with this
     * digest runs the same. Counts are left out where they are others' to move.
     */
    public String specDigest() {
        ObjectNode bare = kept.preserveCounts() ? LiveCounts.withoutCounts(spec) : spec.deepCopy();
        bare.remove("Update");
        for (JobGroup group : JobGroup.all(bare)) {
            group.spec().remove("Update");
        }
        return CanonicalJson.digest(bare);
    }

    /**
     * What has to be known of a rendered job beside its spec.
     *
     * @param preserveCounts whether its counts are those that it had in Nomad
     * @param progressDeadlines nanoseconds before the strategy raised them, by group
     */
    public record Kept(boolean preserveCounts, Map<String, Long> progressDeadlines) {
        static final Kept NOTHING = new Kept(false, Map.of());

        public Kept {
            progressDeadlines = Map.copyOf(progressDeadlines);
        }
    }
}
