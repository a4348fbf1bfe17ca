package dev.drover.gateway.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.ReleaseJob;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns jobspecs into jobs with placeholders.
 *
 * @param cluster whose parser is used
 * @param namespace in which the gateway may parse
 * @param environment full name
 * @param open HCL expressions of the variables that may be shown
 */
record JobspecReader(
        NomadCluster cluster,
        String namespace,
        String environment,
        Map<String, String> open,
        Secrets secrets) {

    /**
     * What Nomad adds to a job that runs; a copied job has it, and it means nothing in a release.
     */
    private static final Set<String> BOOKKEEPING =
            Set.of(
                    "CreateIndex",
                    "JobModifyIndex",
                    "ModifyIndex",
                    "NomadTokenID",
                    "ParentID",
                    "Stable",
                    "Status",
                    "StatusDescription",
                    "Stop",
                    "SubmitTime",
                    "Version",
                    "VersionTag");

    /**
     * The job without nulls; fields that the jobspec leaves out are absent.
     *
     * @throws GatewayException JOBSPEC_INVALID on {@code release.jobs[i].jobspec}, with line and
     *     column
     */
    ObjectNode read(ReleaseJob job, JobspecProblem problem) {
        ObjectNode spec =
                job.getFormat() == JobspecFormat.JSON
                        ? JobKeys.canonical(json(job.getJobspec(), problem), problem)
                        : hcl(job.getJobspec(), problem);
        return JsonTexts.withoutNulls(spec).remove(BOOKKEEPING);
    }

    private static ObjectNode json(String jobspec, JobspecProblem problem) {
        JsonNode root;
        try {
            root = CanonicalJson.MAPPER.readTree(jobspec);
        } catch (JsonProcessingException broken) {
            throw problem.invalid(
                    "not JSON: line %d, column %d: %s"
                            .formatted(
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()));
        }
        JsonNode job = JobKeys.inner(root);
        if (job instanceof ObjectNode object) {
            return object;
        }
        throw problem.invalid("a JSON jobspec is an object, with or without the outer \"Job\"");
    }

    private ObjectNode hcl(String jobspec, JobspecProblem problem) {
        Map<String, String> used = mentioned(jobspec);
        ObjectNode job = parse(jobspec, used, problem);
        if (!used.isEmpty()) {
            refuseTransformed(jobspec, used, job, problem);
        }
        return job;
    }

    /** Placeholders of those sensitive variables that the jobspec may use. */
    private Map<String, String> mentioned(String jobspec) {
        Map<String, String> used = Placeholders.expressions(environment, secrets);
        used.keySet().removeIf(name -> !jobspec.contains(name));
        return used;
    }

    private ObjectNode parse(
            String jobspec, Map<String, String> sensitive, JobspecProblem problem) {
        Map<String, String> all = new TreeMap<>(open);
        all.putAll(sensitive);
        try {
            return cluster.parse(namespace, jobspec, VariablesFile.text(all));
        } catch (GatewayException refused) {
            if (refused.reason() != Reason.JOBSPEC_INVALID) {
                throw refused;
            }
            String advice =
                    refused.text().contains("Unset variable")
                            ? "; set it in the variables of " + environment + " or of the release"
                            : "";
            throw problem.invalid(refused.text().strip() + advice, refused.details());
        }
    }

    /**
     * Parses once more with other placeholders: where the results differ in anything but the
     * placeholders, the jobspec computes something from a value that it must use as it is.
     */
    private void refuseTransformed(
            String jobspec, Map<String, String> used, ObjectNode job, JobspecProblem problem) {
        if (asItIs(jobspec, used, used.keySet(), job, problem)) {
            return;
        }
        String variable =
                used.keySet().stream()
                        .filter(name -> !asItIs(jobspec, used, Set.of(name), job, problem))
                        .findFirst()
                        .orElse(String.join("\", \"", used.keySet()));
        throw problem.invalid(
                ("the sensitive variable \"%s\" must be used as it is: something is computed from it (by a"
                                + " function or a condition), and Drover does not show its value to Nomad's parser")
                        .formatted(variable));
    }

    private boolean asItIs(
            String jobspec,
            Map<String, String> used,
            Set<String> probed,
            ObjectNode job,
            JobspecProblem problem) {
        Map<String, String> variables = new TreeMap<>(used);
        Map<String, String> back = new TreeMap<>();
        for (String name : probed) {
            String probe = Placeholders.probe(environment, name);
            variables.put(name, HclValue.quoted(probe));
            back.put(probe, Placeholders.of(environment, name));
        }
        ObjectNode parsed = parse(jobspec, variables, problem);
        return job.equals(JsonTexts.replaced(parsed, text -> replaceAll(text, back)));
    }

    private static String replaceAll(String text, Map<String, String> replacements) {
        String result = text;
        for (var replacement : replacements.entrySet()) {
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        return result;
    }
}
