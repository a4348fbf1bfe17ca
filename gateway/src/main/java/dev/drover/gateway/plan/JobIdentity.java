package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** What a job is called: as the application says, and never after a secret. */
final class JobIdentity {

    private static final Set<String> NAMES = Set.of("ID", "Name", "Type", "Namespace", "Region");

    private JobIdentity() {}

    /**
     * The same job.
     *
     * @throws dev.drover.gateway.error.GatewayException JOBSPEC_INVALID
     */
    static ObjectNode checked(ObjectNode job, JobspecProblem problem) {
        JsonTexts.visit(job, "", (path, text) -> refuseSensitiveName(path, text, problem));
        String id = job.path("ID").asText("");
        if (!id.equals(problem.job())) {
            throw problem.invalid(
                    "the jobspec is that of job \"%s\", but it is brought as job \"%s\" of the application; let them agree"
                            .formatted(id, problem.job()));
        }
        return job;
    }

    /** Names appear in lists, logs and metrics of Nomad, where nobody expects a secret. */
    private static void refuseSensitiveName(String path, String text, JobspecProblem problem) {
        boolean key = path.endsWith("{}");
        String last = path.substring(path.lastIndexOf('.') + 1);
        if ((key || NAMES.contains(last)) && Placeholders.in(text)) {
            throw problem.invalid(
                    "a sensitive variable cannot be a name: it is one at "
                            + (key
                                    ? "a key below "
                                            + path.substring(0, Math.max(0, path.lastIndexOf('.')))
                                    : path));
        }
    }
}
