package dev.drover.gateway.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/** Jobspecs in JSON. */
final class SimulatedJobspec {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SimulatedJobspec() {}

    static boolean looksLikeJson(String jobspec) {
        return jobspec.stripLeading().startsWith("{");
    }

    static ObjectNode read(String jobspec) {
        try {
            JsonNode root = MAPPER.readTree(jobspec);
            JsonNode job = root.has("Job") ? root.path("Job") : root;
            if (job instanceof ObjectNode object && object.hasNonNull("ID")) {
                return object;
            }
            throw new GatewayException(
                    Reason.JOBSPEC_INVALID,
                    "the JSON jobspec cannot be used: the job has no \"ID\"");
        } catch (JsonProcessingException broken) {
            throw new GatewayException(
                    Reason.JOBSPEC_INVALID,
                    "the JSON jobspec cannot be used: line %d, column %d: %s"
                            .formatted(
                                    broken.getLocation().getLineNr(),
                                    broken.getLocation().getColumnNr(),
                                    broken.getOriginalMessage()));
        }
    }
}
