package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.Optional;
import java.util.Set;

/** What Nomad refuses, in its words. */
final class SimulatedRules {

    private static final String CLUSTER = "clusters/simulated";

    private SimulatedRules() {}

    static GatewayException refused(Reason reason, String what, String text) {
        return new GatewayException(
                reason,
                CLUSTER + " refused to " + what + ": " + text,
                ErrorDetails.NONE.with("cluster", CLUSTER));
    }

    static void valid(String verb, String namespace, Set<String> namespaces, ObjectNode job) {
        String id = job.path("ID").asText();
        String what = job(verb, namespace, id);
        if (!namespaces.contains(namespace)) {
            throw refused(
                    Reason.NAMESPACE_NOT_FOUND,
                    what,
                    "job \"" + id + "\" is in nonexistent namespace \"" + namespace + "\"");
        }
        if (id.isEmpty()) {
            throw refused(Reason.NOMAD_REJECTED, what, "Missing job ID");
        }
        if (id.contains(" ")) {
            throw refused(Reason.NOMAD_REJECTED, what, "Job ID contains a space");
        }
        if (job.path("TaskGroups").isEmpty()) {
            throw refused(Reason.NOMAD_REJECTED, what, "Missing job task groups");
        }
    }

    static void enforceIndex(
            String namespace, String id, Optional<SimulatedJob> present, long index) {
        long actual = present.map(job -> job.current().specIndex).orElse(0L);
        if (actual == index) {
            return;
        }
        String text =
                index == 0
                        ? "job already exists"
                        : actual == 0
                                ? "job does not exist"
                                : "job exists with conflicting job modify index: " + actual;
        throw refused(
                Reason.NOMAD_CONFLICT,
                job("register", namespace, id),
                "Enforcing job modify index " + index + ": " + text);
    }

    static void sameType(SimulatedJob job, ObjectNode spec) {
        String wanted = spec.path("Type").asText();
        if (!job.type().equals(wanted)) {
            throw refused(
                    Reason.NOMAD_REJECTED,
                    job("register", job.namespace, job.id),
                    "cannot update job from type \"%s\" to \"%s\"".formatted(job.type(), wanted));
        }
    }

    /** A job that launches others in this way. */
    static SimulatedJob launching(
            String verb, String jobId, Optional<SimulatedJob> present, String how) {
        String what = verb + " job \"" + jobId + "\"";
        return present.filter(job -> job.current().spec.hasNonNull(how))
                .orElseThrow(() ->
                        present.isEmpty()
                                ? refused(Reason.NOMAD_NOT_FOUND, what, "job not found")
                                : refused(
                                        Reason.NOMAD_REJECTED,
                                        what,
                                        "Specified job \"%s\" is not a %s job"
                                                .formatted(
                                                        jobId,
                                                        how.equals("Periodic")
                                                                ? "periodic"
                                                                : "parameterized")));
    }

    /** Tags the version and gives back its job. */
    static SimulatedJob tag(String jobId, Optional<SimulatedJob> present, long number, String tag) {
        String what = "tag version " + number + " of job \"" + jobId + "\"";
        if (jobId.contains("/")) {
            throw refused(Reason.NOMAD_REJECTED, what, "invalid job tag endpoint");
        }
        GatewayException absent =
                refused(
                        Reason.NOMAD_NOT_FOUND,
                        what,
                        "job \"%s\" version %d not found".formatted(jobId, number));
        SimulatedJob job = present.orElseThrow(() -> absent);
        SimulatedJob.Version version = job.version(number).orElseThrow(() -> absent);
        if (job.versions.stream()
                .anyMatch(v -> v != version && v.tag.filter(tag::equals).isPresent())) {
            throw refused(
                    Reason.NOMAD_CONFLICT,
                    what,
                    "tag \"%s\" already exists on a different version of job \"%s\""
                            .formatted(tag, jobId));
        }
        version.tag = Optional.of(tag);
        return job;
    }

    private static String job(String verb, String namespace, String id) {
        return "%s job \"%s\" in namespace \"%s\"".formatted(verb, id, namespace);
    }
}
