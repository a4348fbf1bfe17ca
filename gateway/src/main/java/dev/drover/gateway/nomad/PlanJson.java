package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.DesiredUpdates;
import dev.drover.gateway.cluster.Evaluation;
import dev.drover.gateway.cluster.JobPlan;
import dev.drover.gateway.cluster.PlacementFailure;
import dev.drover.gateway.cluster.PlacementFailure.NodeCounts;
import dev.drover.gateway.cluster.Registration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What the scheduler says: plans, registrations, evaluations. */
final class PlanJson {

    private PlanJson() {}

    static JobPlan plan(JsonNode reply) {
        return new JobPlan(
                Json.object(reply.path("Diff")),
                Json.map(
                        reply.path("Annotations").path("DesiredTGUpdates"),
                        PlanJson::desiredUpdates),
                Json.map(reply.path("FailedTGAllocs"), PlanJson::placementFailure),
                Json.text(reply, "Warnings"),
                Json.number(reply, "JobModifyIndex"));
    }

    /**
     * Whether the job is the registered one to the letter although allocations would be updated.
     */
    static boolean isUnchanged(JobPlan plan) {
        return "None".equals(plan.diffType())
                && plan.desiredUpdates().values().stream()
                        .anyMatch(group -> group.inPlaceUpdate() > 0);
    }

    /** The plan with allocations left alone that it would update in place. */
    static JobPlan ignoringInPlaceUpdates(JobPlan plan) {
        Map<String, DesiredUpdates> groups = new HashMap<>(plan.desiredUpdates());
        groups.replaceAll((name, group) ->
                new DesiredUpdates(
                        group.ignore() + group.inPlaceUpdate(),
                        group.place(),
                        group.migrate(),
                        group.stop(),
                        0,
                        group.destructiveUpdate(),
                        group.canary()));
        return new JobPlan(
                plan.diff(),
                groups,
                plan.placementFailures(),
                plan.warnings(),
                plan.jobModifyIndex());
    }

    static Registration registration(JsonNode reply) {
        return new Registration(
                Json.optionalText(reply, "EvalID"),
                Json.number(reply, "JobModifyIndex"),
                Json.text(reply, "Warnings"));
    }

    /** The newest first. */
    static List<Evaluation> evaluations(JsonNode reply) {
        return StreamSupport.stream(reply.spliterator(), false)
                .sorted(
                        Comparator.<JsonNode>comparingLong(one -> Json.number(one, "CreateIndex"))
                                .reversed())
                .map(PlanJson::evaluation)
                .toList();
    }

    static Evaluation evaluation(JsonNode reply) {
        return new Evaluation(
                Json.text(reply, "ID"),
                Json.text(reply, "Status"),
                Json.text(reply, "StatusDescription"),
                Json.text(reply, "TriggeredBy"),
                Json.optionalText(reply, "DeploymentID"),
                Json.map(reply.path("FailedTGAllocs"), PlanJson::placementFailure),
                Json.optionalText(reply, "BlockedEval"));
    }

    private static DesiredUpdates desiredUpdates(JsonNode group) {
        return new DesiredUpdates(
                Json.number(group, "Ignore"),
                Json.number(group, "Place"),
                Json.number(group, "Migrate"),
                Json.number(group, "Stop"),
                Json.number(group, "InPlaceUpdate"),
                Json.number(group, "DestructiveUpdate"),
                Json.number(group, "Canary"));
    }

    private static PlacementFailure placementFailure(JsonNode metric) {
        return new PlacementFailure(
                new NodeCounts(
                        Json.number(metric, "NodesInPool"),
                        Json.number(metric, "NodesEvaluated"),
                        Json.number(metric, "NodesFiltered"),
                        Json.number(metric, "NodesExhausted"),
                        Json.counts(metric, "NodesAvailable")),
                Json.counts(metric, "ConstraintFiltered"),
                Json.counts(metric, "ClassFiltered"),
                Json.counts(metric, "DimensionExhausted"),
                Json.texts(metric, "QuotaExhausted"),
                // Nomad counts only the further ones of the same kind.
                Json.number(metric, "CoalescedFailures") + 1);
    }
}
