package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a rollback registers: the jobs of an earlier rendering, the last wave first. */
record RestoredJobs(NomadCluster cluster, String namespace) {

    /**
     * The jobs as they are to run.
     *
     * @param before as they were rendered then
     * @throws GatewayException TRANSITION_NOT_ALLOWED where all of them run so already and one of
     *     them failed so; else as {@link DryRun#of}
     */
    Rendering of(Rendering before, DryRun dryRun) {
        IntSummaryStatistics waves =
                before.jobs().stream().mapToInt(RenderedJob::wave).summaryStatistics();
        List<RenderedJob> jobs = new ArrayList<>();
        boolean changes = false;
        for (RenderedJob job : before.jobs()) {
            int wave = waves.getMax() - (job.wave() - waves.getMin());
            RenderedJob restored = ungated(job, wave);
            RenderedJob same = as(job, job.spec().deepCopy(), wave);
            // What still runs as it was registered then would only lose its canaries by this.
            boolean differs = dryRun.changes(restored);
            boolean kept = differs && !dryRun.changes(same);
            changes |= differs && !kept;
            jobs.add(kept ? same : restored);
        }
        if (!changes) {
            jobs.forEach(this::refuseFailed);
        }
        return new Rendering(jobs);
    }

    /** The same specification once more would be nothing to Nomad, and all would seem well. */
    private void refuseFailed(RenderedJob job) {
        Optional<JobDeployment> last = cluster.latestDeployment(namespace, job.id());
        Optional<RunningJob> running = cluster.job(namespace, job.id());
        if (last.isPresent()
                && running.isPresent()
                && last.get().status() == DeploymentStatus.FAILED
                && last.get().job().version() == running.get().version()) {
            throw new GatewayException(
                    Reason.TRANSITION_NOT_ALLOWED,
                    "job \"%s\" runs this very specification already, and its deployment failed; to go back to it once more changes nothing: name an older release, or promote a new one"
                            .formatted(job.id()));
        }
    }

    /** Without canaries: Nomad would hold its allocations until somebody promotes them. */
    private RenderedJob ungated(RenderedJob job, int wave) {
        RenderedJob restored =
                as(job, StrategyUpdate.restored(job.spec(), job.kept().progressDeadlines()), wave);
        if (!restored.specDigest().equals(job.specDigest())) {
            throw new IllegalStateException(
                    job.id() + " would not be restored as it was: " + restored.specDigest());
        }
        return restored;
    }

    private RenderedJob as(RenderedJob job, ObjectNode spec, int wave) {
        if (job.kept().preserveCounts()) {
            LiveCounts.take(spec, cluster, namespace);
        }
        return new RenderedJob(
                job.id(),
                wave,
                spec,
                job.submission(),
                new RenderedJob.Kept(job.kept().preserveCounts(), Map.of()));
    }
}
