package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.JobIndexes;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.Submission;

/** Jobs and their versions, and the bodies that carry a job to Nomad. */
final class JobJson {

    private JobJson() {}

    static RunningJob job(JsonNode reply) {
        return new RunningJob(
                Json.text(reply, "ID"),
                Json.text(reply, "Type"),
                Json.number(reply, "Version"),
                indexes(reply),
                Json.flag(reply, "Stop"),
                Json.text(reply, "Status"),
                Json.object(reply));
    }

    static JobVersion version(JsonNode reply) {
        return new JobVersion(
                Json.number(reply, "Version"),
                indexes(reply),
                Json.flag(reply, "Stable"),
                Json.flag(reply, "Stop"),
                Json.optionalText(reply.path("VersionTag"), "Name"),
                Json.nanos(reply, "SubmitTime"),
                Json.object(reply));
    }

    static ObjectNode registerBody(ObjectNode job, long enforceIndex, Submission submission) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.set("Job", job);
        body.put("EnforceIndex", true);
        body.put("JobModifyIndex", enforceIndex);
        if (!submission.source().isEmpty()) {
            body.putObject("Submission")
                    .put("Source", submission.source())
                    .put("Format", submission.format())
                    .put("Variables", submission.variables());
        }
        return body;
    }

    private static JobIndexes indexes(JsonNode job) {
        return new JobIndexes(
                Json.number(job, "CreateIndex"),
                Json.number(job, "ModifyIndex"),
                Json.number(job, "JobModifyIndex"));
    }
}
