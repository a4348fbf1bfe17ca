package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Environment;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Plans promotions. Blocks on Nomad; called on virtual threads. Changes nothing anywhere. */
public final class Planner {

    private final NomadClusters clusters;
    private final SensitiveValues sensitiveValues;
    private final InstantSource clock;

    /** A planner for all environments. */
    public Planner(NomadClusters clusters, SensitiveValues sensitiveValues, InstantSource clock) {
        this.clusters = clusters;
        this.sensitiveValues = sensitiveValues;
        this.clock = clock;
    }

    /**
     * Renders a release for an environment and asks Nomad what would happen.
     *
     * @throws GatewayException JOBSPEC_INVALID on {@code release.jobs[i].jobspec} with Nomad's
     *     message and position; FORBIDDEN_BY_BASELINE with all offences; INVALID_FIELD for a
     *     variable; NAMESPACE_NOT_FOUND; NOMAD_REJECTED; NOMAD_PERMISSION_DENIED; NOMAD_UNREACHABLE
     *     (retry is safe). No text holds a sensitive value.
     */
    public PlannedChange plan(PlanRequest request) {
        Environment environment = request.nouns().environment();
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        Secrets secrets = sensitiveValues.of(environment.getName());
        Renderer.Rendered rendered = new Renderer(cluster, request, secrets).render();
        return planned(
                request,
                new DryRun(cluster, request, secrets, false),
                rendered.rendering(),
                rendered.baselineChanges(),
                plan -> {
                    plan.addAllVerifications(
                            PlannedVerifications.of(request.nouns(), plan.getJobsList()));
                    plan.addAllSteps(PlanSteps.of(plan, request.strategy()));
                    plan.addAllSteps(HaltingWindows.steps(request.nouns().policies()));
                });
    }

    /**
     * Plans to bring back what was rendered before, as it was but for the update block: without
     * canaries, because what is known to be good need not prove itself, and with today's sensitive
     * values. Neither variables nor the job baseline are laid over it again. The last wave goes
     * first. A job that runs so already is left alone.
     *
     * @throws GatewayException JOBSPEC_INVALID where a sensitive variable that it needs is gone;
     *     TRANSITION_NOT_ALLOWED where all run so already and one of them failed so; else as {@link
     *     #plan}
     */
    public PlannedChange planRestored(PlanRequest request, Rendering restored) {
        Environment environment = request.nouns().environment();
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        Secrets secrets = sensitiveValues.of(environment.getName());
        DryRun dryRun = new DryRun(cluster, request, secrets, true);
        Rendering jobs = new RestoredJobs(cluster, Namespaces.of(environment)).of(restored, dryRun);
        return planned(
                request,
                dryRun,
                jobs,
                Map.of(),
                plan -> plan.addAllSteps(PlanSteps.restored(plan)));
    }

    /**
     * Renders a batch job that is not of a release for an environment: with its variables, its
     * sensitive values as placeholders, and its job baseline.
     *
     * @param id the id that it gets
     * @throws GatewayException as {@link #plan}; JOBSPEC_INVALID also where it is no batch job
     */
    public RenderedJob renderBatch(Environment environment, String id, String jobspec) {
        return new BatchRenderer(
                        clusters.cluster(environment.getCluster()),
                        environment,
                        sensitiveValues.of(environment.getName()))
                .render(id, jobspec);
    }

    /**
     * The job as Nomad takes it, with sensitive values; for registering only, never to be kept or
     * shown.
     *
     * @param environment full name
     * @throws GatewayException JOBSPEC_INVALID where a sensitive variable that it needs is gone
     */
    public ObjectNode revealed(String environment, RenderedJob job) {
        return Placeholders.reveal(job.spec(), environment, sensitiveValues.of(environment));
    }

    /** Plans what changes running jobs and brings no release. */
    public LivePlanner live() {
        return new LivePlanner(this, clusters, sensitiveValues);
    }

    /** Takes the sensitive values of an environment out of texts that are to be shown or kept. */
    public UnaryOperator<String> redaction(String environment) {
        return Redaction.of(sensitiveValues.of(environment), List.of())::sentence;
    }

    /** What Nomad tells about an environment, made fit to be shown. */
    public SafeTexts safeTexts(String environment) {
        return new SafeTexts(Redaction.of(sensitiveValues.of(environment), List.of()));
    }

    private PlannedChange planned(
            PlanRequest request,
            DryRun dryRun,
            Rendering rendering,
            Map<String, List<String>> baselineChanges,
            Consumer<Plan.Builder> rest) {
        List<JobPlan> jobs = new ArrayList<>();
        for (RenderedJob job : rendering.jobs()) {
            jobs.add(dryRun.of(job, baselineChanges.getOrDefault(job.id(), List.of())));
        }
        return assembled(request.nouns(), jobs, rendering, rest);
    }

    /**
     * A plan of these jobs.
     *
     * @param rest adds what follows from the jobs
     */
    PlannedChange assembled(
            PlanNouns nouns, List<JobPlan> jobs, Rendering rendering, Consumer<Plan.Builder> rest) {
        Plan.Builder plan =
                Plan.newBuilder()
                        .addAllJobs(jobs)
                        .putAllInputs(PlanInputs.of(nouns))
                        .setCreateTime(Timestamps.fromMillis(clock.millis()));
        rest.accept(plan);
        plan.setDigest(
                PlanDigest.of(
                        plan, rendering, nouns.environment().getSensitiveVariableDigestsMap()));
        return new PlannedChange(plan.build(), rendering);
    }
}
