package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Environment;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

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
                new Asked(request, cluster, secrets),
                rendered.rendering(),
                rendered.baselineChanges(),
                (jobs, rendering) -> PlanSteps.of(jobs, rendering, request.strategy()));
    }

    /**
     * Plans to bring back what was rendered before, as it was but for the update block: without
     * canaries, because what is known to be good need not prove itself, and with today's sensitive
     * values. The job baseline is not laid over it again.
     *
     * @throws GatewayException JOBSPEC_INVALID where a sensitive variable that it needs is gone;
     *     else as {@link #plan}
     */
    public PlannedChange planRestored(PlanRequest request, Rendering restored) {
        Environment environment = request.nouns().environment();
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        Secrets secrets = sensitiveValues.of(environment.getName());
        List<RenderedJob> jobs =
                restored.jobs().stream()
                        .map(job ->
                                new RenderedJob(
                                        job.id(),
                                        job.wave(),
                                        StrategyUpdate.restored(job.spec()),
                                        job.submission()))
                        .toList();
        return planned(
                new Asked(request, cluster, secrets),
                new Rendering(jobs),
                Map.of(),
                PlanSteps::restored);
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

    private record Asked(PlanRequest request, NomadCluster cluster, Secrets secrets) {}

    private PlannedChange planned(
            Asked asked,
            Rendering rendering,
            Map<String, List<String>> baselineChanges,
            BiFunction<List<JobPlan>, Rendering, List<String>> steps) {
        List<JobPlan> jobs = new ArrayList<>();
        for (RenderedJob job : rendering.jobs()) {
            jobs.add(dryRun(asked, job, baselineChanges.getOrDefault(job.id(), List.of())));
        }
        PlanNouns nouns = asked.request().nouns();
        Plan.Builder plan =
                Plan.newBuilder()
                        .addAllJobs(jobs)
                        .addAllSteps(steps.apply(jobs, rendering))
                        .putAllInputs(PlanInputs.of(nouns))
                        .setCreateTime(Timestamps.fromMillis(clock.millis()));
        plan.setDigest(PlanDigest.of(plan, nouns.environment().getSensitiveVariableDigestsMap()));
        return new PlannedChange(plan.build(), rendering);
    }

    private static JobPlan dryRun(Asked asked, RenderedJob job, List<String> baselineChanges) {
        Environment environment = asked.request().nouns().environment();
        Redaction redaction =
                Redaction.of(
                        asked.secrets(),
                        Stream.concat(
                                        Stream.of(job),
                                        asked.request().earlier().stream()
                                                .flatMap(before -> before.job(job.id()).stream()))
                                .map(RenderedJob::spec)
                                .toList());
        ObjectNode revealed =
                Placeholders.reveal(job.spec(), environment.getName(), asked.secrets());
        try {
            return DryRun.plan(
                    job,
                    baselineChanges,
                    asked.cluster().plan(Namespaces.of(environment), revealed),
                    redaction);
        } catch (GatewayException refused) {
            throw told(refused, job, redaction);
        }
    }

    /** The same failure without sensitive values; the cause would have them in its text. */
    private static GatewayException told(
            GatewayException refused, RenderedJob job, Redaction redaction) {
        return new GatewayException(
                refused.reason(),
                redaction.sentence(refused.text()),
                safe(refused.details(), redaction).with("job", job.id()));
    }

    private static ErrorDetails safe(ErrorDetails details, Redaction redaction) {
        ErrorDetails safe = ErrorDetails.NONE;
        for (var value : details.metadata().entrySet()) {
            safe = safe.with(value.getKey(), redaction.sentence(value.getValue()));
        }
        return details.retryAfter().map(safe::withRetryAfter).orElse(safe);
    }
}
