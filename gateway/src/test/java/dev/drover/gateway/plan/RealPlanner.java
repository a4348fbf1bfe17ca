package dev.drover.gateway.plan;

import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.JobPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A planner over the real Nomad, with sensitive values that a test chooses. */
final class RealPlanner {

    private final RealNomad nomad;
    private Secrets secrets = Secrets.NONE;

    RealPlanner(RealNomad nomad) {
        this.nomad = nomad;
    }

    RealPlanner with(Secrets values) {
        secrets = values;
        return this;
    }

    RealPlanner with(Map<String, String> current) {
        return with(new Secrets(current, List.of()));
    }

    Planner planner() {
        return new Planner(
                nomad.clusters(),
                environment -> secrets,
                InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
    }

    PlannedChange plan(PlanFixture fixture) {
        return planner().plan(fixture.request());
    }

    JobPlan job(PlanFixture fixture) {
        return plan(fixture).plan().getJobs(0);
    }

    GatewayException refusal(PlanFixture fixture) {
        return Assertions.catchThrowableOfType(
                GatewayException.class, () -> planner().plan(fixture.request()));
    }

    /** Registers what was planned, as the engine does. */
    void register(PlannedChange change, PlanFixture fixture) {
        for (RenderedJob job : change.rendering().jobs()) {
            long index =
                    change.plan().getJobsList().stream()
                            .filter(plan -> plan.getJob().equals(job.id()))
                            .mapToLong(JobPlan::getJobModifyIndex)
                            .findFirst()
                            .orElseThrow();
            String environment = fixture.request().nouns().environment().getName();
            nomad.cluster()
                    .register(
                            Namespaces.of(fixture.request().nouns().environment()),
                            planner().revealed(environment, job),
                            index,
                            Submission.NONE);
        }
    }
}
