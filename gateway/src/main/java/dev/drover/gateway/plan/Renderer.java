package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Environment;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the jobs of a release ready for one environment. */
final class Renderer {

    /**
     * Rendered jobs.
     *
     * @param baselineChanges what the job baseline did, by job
     */
    record Rendered(Rendering rendering, Map<String, List<String>> baselineChanges) {}

    private final NomadCluster cluster;
    private final PlanRequest request;
    private final Secrets secrets;

    Renderer(NomadCluster cluster, PlanRequest request, Secrets secrets) {
        this.cluster = cluster;
        this.request = request;
        this.secrets = secrets;
    }

    /**
     * Renders all jobs.
     *
     * @throws GatewayException JOBSPEC_INVALID, FORBIDDEN_BY_BASELINE with all offences of all
     *     jobs, INVALID_FIELD for a variable
     */
    Rendered render() {
        PlanNouns nouns = request.nouns();
        Environment environment = nouns.environment();
        Release release = nouns.release();
        Map<String, String> open =
                VariablesFile.open(
                        environment.getVariables(),
                        release.getVariables(),
                        secrets.current().keySet(),
                        environment.getName());
        JobspecReader reader =
                new JobspecReader(
                        cluster, Namespaces.of(environment), environment.getName(), open, secrets);
        refuseMissingJobs();
        Map<String, Integer> waves = waves();
        List<RenderedJob> jobs = new ArrayList<>();
        List<Offences> offences = new ArrayList<>();
        Map<String, List<String>> changes = new HashMap<>();
        for (int i = 0; i < release.getJobsCount(); i++) {
            ReleaseJob job = release.getJobs(i);
            JobspecProblem problem = new JobspecProblem(i, job.getId());
            ObjectNode read = JobIdentity.checked(reader.read(job, problem), problem);
            BaselineOverlay.Result overlaid =
                    BaselineOverlay.apply(read, environment, nouns.cluster().getRegion());
            offences.add(new Offences(job.getId(), overlaid.offences()));
            boolean preserves =
                    request.declared(job.getId())
                            .filter(ApplicationJob::getPreserveCounts)
                            .isPresent();
            List<String> lines = new ArrayList<>(overlaid.changes());
            if (preserves) {
                lines.addAll(LiveCounts.take(overlaid.job(), cluster, Namespaces.of(environment)));
            }
            changes.put(job.getId(), lines);
            PlacedStrategy strategy = request.placed(job.getId());
            refuseRun(read, problem);
            jobs.add(
                    new RenderedJob(
                            job.getId(),
                            wave(waves, problem),
                            StrategyUpdate.apply(overlaid.job(), read, strategy, problem),
                            submission(job, open),
                            new RenderedJob.Kept(
                                    preserves,
                                    StrategyUpdate.raised(
                                            overlaid.job(), read, strategy.strategy()))));
        }
        Offences.refuse(offences, environment.getName());
        return new Rendered(new Rendering(jobs), changes);
    }

    /** The application may have got a job since the release was made. */
    private void refuseMissingJobs() {
        Set<String> brought =
                request.nouns().release().getJobsList().stream()
                        .map(ReleaseJob::getId)
                        .collect(Collectors.toSet());
        List<String> missing =
                request.nouns().application().getJobsList().stream()
                        .map(ApplicationJob::getId)
                        .filter(id -> !brought.contains(id))
                        .toList();
        if (!missing.isEmpty()) {
            String why =
                    "%s brings no jobspec for %s of %s; make a new release"
                            .formatted(
                                    request.nouns().release().getName(),
                                    String.join(", ", missing),
                                    request.nouns().application().getName());
            throw new GatewayException(
                    Reason.JOBSPEC_INVALID, why, ErrorDetails.field("release.jobs", why));
        }
    }

    private void refuseRun(ObjectNode read, JobspecProblem problem) {
        JobType type = JobType.of(read);
        boolean runs = !type.updates() || !type.launches().isEmpty();
        if (!runs && request.declared(problem.job()).filter(ApplicationJob::hasRun).isPresent()) {
            throw problem.invalid(
                    "the application declares a run of it, but a %s job never ends; leave out run of this job in %s"
                            .formatted(type, request.nouns().application().getName()));
        }
    }

    private Map<String, Integer> waves() {
        return request.nouns().application().getJobsList().stream()
                .collect(
                        Collectors.toMap(
                                ApplicationJob::getId, ApplicationJob::getWave, (a, b) -> a));
    }

    private int wave(Map<String, Integer> waves, JobspecProblem problem) {
        Integer wave = waves.get(problem.job());
        if (wave == null) {
            throw problem.invalid(
                    "%s has no such job; it has %s"
                            .formatted(
                                    request.nouns().application().getName(),
                                    String.join(", ", waves.keySet())));
        }
        return wave;
    }

    private static Submission submission(ReleaseJob job, Map<String, String> open) {
        String format = job.getFormat() == JobspecFormat.JSON ? "json" : "hcl2";
        return new Submission(job.getJobspec(), format, VariablesFile.text(open));
    }
}
