package dev.drover.gateway.nomad;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/** Jobspecs that are JSON already; Nomad's parse call takes HCL only. */
final class JobspecJson {

    private JobspecJson() {}

    /** No HCL file begins with a brace. */
    static boolean looksLikeJson(String jobspec) {
        return jobspec.stripLeading().startsWith("{");
    }

    static ObjectNode read(String cluster, String jobspec) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(jobspec);
        } catch (JsonProcessingException broken) {
            throw invalid(
                    cluster,
                    "line %d, column %d: %s"
                            .formatted(
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()));
        }
        JsonNode job = root.path("Job").isObject() ? root.path("Job") : root;
        if (Json.text(job, "ID").isEmpty()) {
            throw invalid(cluster, "the job has no \"ID\"");
        }
        return Json.object(job);
    }

    private static GatewayException invalid(String cluster, String problem) {
        return new GatewayException(
                Reason.JOBSPEC_INVALID,
                "the JSON jobspec cannot be used: " + problem,
                ErrorDetails.NONE.with("cluster", cluster));
    }
}
