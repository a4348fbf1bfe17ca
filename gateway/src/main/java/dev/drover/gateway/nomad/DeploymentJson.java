package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.DeployedJob;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import java.time.Duration;

/** Deployments. */
final class DeploymentJson {

    private DeploymentJson() {}

    static JobDeployment deployment(JsonNode reply) {
        return new JobDeployment(
                Json.text(reply, "ID"),
                new DeployedJob(
                        Json.text(reply, "Namespace"),
                        Json.text(reply, "JobID"),
                        Json.number(reply, "JobVersion"),
                        Json.number(reply, "JobCreateIndex"),
                        Json.number(reply, "JobSpecModifyIndex")),
                DeploymentStatus.of(Json.text(reply, "Status")),
                Json.text(reply, "StatusDescription"),
                Json.map(reply.path("TaskGroups"), DeploymentJson::group),
                Json.number(reply, "ModifyIndex"));
    }

    private static DeploymentGroup group(JsonNode group) {
        return new DeploymentGroup(
                Json.flag(group, "AutoRevert"),
                Json.flag(group, "Promoted"),
                (int) Json.number(group, "DesiredCanaries"),
                Json.texts(group, "PlacedCanaries"),
                new DeploymentGroup.Counts(
                        (int) Json.number(group, "DesiredTotal"),
                        (int) Json.number(group, "PlacedAllocs"),
                        (int) Json.number(group, "HealthyAllocs"),
                        (int) Json.number(group, "UnhealthyAllocs")),
                Duration.ofNanos(Json.number(group, "ProgressDeadline")),
                Json.time(group, "RequireProgressBy"));
    }
}
