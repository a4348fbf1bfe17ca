package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import dev.drover.v1.PlannedPhase;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people approve: the jobs, what changes, in which phases, and the versions of everything that
 * had a say. Neither the time nor Nomad's indexes are in it, so that planning again with the same
 * result keeps approvals.
 */
final class PlanDigest {

    private PlanDigest() {}

    /**
     * The digest of a plan that is complete but for it.
     *
     * @param sensitive keyed digests of sensitive values, by variable
     */
    static String of(Plan.Builder plan, Rendering rendering, Map<String, String> sensitive) {
        ObjectNode root = CanonicalJson.MAPPER.createObjectNode();
        ArrayNode jobs = root.putArray("jobs");
        plan.getJobsList().forEach(job -> jobs.add(job(job, scales(rendering, job))));
        put(root.putObject("inputs"), plan.getInputsMap());
        put(root.putObject("sensitive"), sensitive);
        return CanonicalJson.digest(root);
    }

    /** Of a job that is scaled by others counts are no part of what is approved. */
    private static boolean scales(Rendering rendering, JobPlan job) {
        return rendering.job(job.getJob()).filter(one -> one.kept().preserveCounts()).isPresent();
    }

    private static boolean counts(FieldChange field) {
        return field.getPath().endsWith(".count") || field.getPath().endsWith(".update.canary");
    }

    private static ObjectNode job(JobPlan job, boolean scales) {
        ObjectNode node =
                CanonicalJson.MAPPER
                        .createObjectNode()
                        .put("job", job.getJob())
                        .put("wave", job.getWave())
                        .put("change", job.getChange().name())
                        .put("rendered", job.getRenderedDigest());
        ArrayNode fields = node.putArray("fields");
        for (FieldChange field : job.getFieldChangesList()) {
            if (scales && counts(field)) {
                continue;
            }
            fields.addObject()
                    .put("path", field.getPath())
                    .put("type", field.getType().name())
                    .put("old", field.getOldValue())
                    .put("new", field.getNewValue());
        }
        ArrayNode phases = node.putArray("phases");
        for (PlannedPhase phase : job.getPhasesList()) {
            phases.addObject()
                    .put("id", phase.getId())
                    .put("kind", phase.getKind().name())
                    .put("hold", phase.getHold())
                    .put("seconds", phase.getTime().getSeconds())
                    .put("undecided", phase.getUndecided().name())
                    .put("verifications", String.join(" ", phase.getVerificationsList()));
        }
        return node;
    }

    private static void put(ObjectNode node, Map<String, String> values) {
        new TreeMap<>(values).forEach(node::put);
    }
}
