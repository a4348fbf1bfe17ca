package dev.drover.gateway.plan;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.Environment;
import dev.drover.v1.GroupCount;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobPlan.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;

/**
 * Plans what changes running jobs and brings no release. Blocks on Nomad; called on virtual
 * threads. Changes nothing anywhere.
 */
public final class LivePlanner {
    private final Planner planner;
    private final NomadClusters clusters;
    private final SensitiveValues sensitiveValues;

    LivePlanner(Planner planner, NomadClusters clusters, SensitiveValues sensitiveValues) {
        this.planner = planner;
        this.clusters = clusters;
        this.sensitiveValues = sensitiveValues;
    }

    /**
     * Plans other counts for groups of what runs.
     *
     * @param running what was rendered for what runs there
     * @throws GatewayException INVALID_FIELD as {@link ScaleChecks}; TRANSITION_NOT_ALLOWED where a
     *     job is not as it was registered last; else as {@link Planner#plan}
     */
    public PlannedChange scaled(PlanRequest request, Rendering running, List<GroupCount> wanted) {
        Environment environment = request.nouns().environment();
        new ScaleChecks(request.nouns().application(), environment, running).check(wanted);
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        DryRun dryRun =
                new DryRun(cluster, request, sensitiveValues.of(environment.getName()), true);
        ScaledJobs scaled = new ScaledJobs(cluster, Namespaces.of(environment), dryRun, wanted);
        Rendering jobs = scaled.of(running);
        return planner.assembled(
                request.nouns(),
                scaled.plans(jobs),
                jobs,
                plan -> plan.addAllSteps(LiveTexts.scaled(plan)));
    }

    /**
     * Plans to restart what runs of all jobs, wave by wave.
     *
     * @throws GatewayException as {@link Planner#plan}
     */
    public PlannedChange restarted(PlanRequest request) {
        Environment environment = request.nouns().environment();
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        List<JobPlan> jobs =
                request.nouns().application().getJobsList().stream()
                        .sorted(Comparator.comparingInt(ApplicationJob::getWave))
                        .map(job ->
                                restarted(
                                        job, cluster.job(Namespaces.of(environment), job.getId())))
                        .toList();
        return planner.assembled(
                request.nouns(),
                jobs,
                new Rendering(List.of()),
                plan -> plan.addAllSteps(LiveTexts.restarted(plan)));
    }

    private static JobPlan restarted(ApplicationJob job, Optional<RunningJob> now) {
        JobPlan.Builder plan = unchanged(job, now);
        now.filter(one -> !one.stopped())
                .ifPresent(running -> {
                    plan.setResources(ResourceFactsOf.kept(running.spec()));
                    JobType type = JobType.of(running.spec());
                    if (type.updates() && type.launches().isEmpty()) {
                        plan.setChange(Change.RESTARTED)
                                .addPhases(LiveTexts.restart(JobGroup.all(running.spec())));
                    } else {
                        plan.setWarnings("a %s job is not restarted".formatted(type));
                    }
                });
        return plan.build();
    }

    private static JobPlan.Builder unchanged(ApplicationJob job, Optional<RunningJob> now) {
        return JobPlan.newBuilder()
                .setJob(job.getId())
                .setWave(job.getWave())
                .setChange(Change.NONE)
                .setJobModifyIndex(now.map(one -> one.indexes().spec()).orElse(0L));
    }

    /**
     * Plans to stop all jobs of an application, the last wave first.
     *
     * @throws GatewayException as {@link Planner#plan}
     */
    public PlannedChange stopped(PlanRequest request) {
        Environment environment = request.nouns().environment();
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        List<JobPlan> jobs = new ArrayList<>();
        for (ApplicationJob job : reversed(request.nouns().application())) {
            jobs.add(stopped(job, cluster.job(Namespaces.of(environment), job.getId())));
        }
        return planner.assembled(
                request.nouns(),
                jobs,
                new Rendering(List.of()),
                plan -> plan.addAllSteps(LiveTexts.stopped(plan)));
    }

    private static JobPlan stopped(ApplicationJob job, Optional<RunningJob> now) {
        JobPlan.Builder plan = unchanged(job, now);
        now.filter(one -> !one.stopped())
                .ifPresent(running -> {
                    for (JobGroup group : JobGroup.all(running.spec())) {
                        plan.putDesiredUpdates(
                                group.name(),
                                DesiredUpdates.newBuilder().setStop(group.count()).build());
                    }
                    plan.setChange(Change.STOPPED)
                            .setResources(ResourceFactsOf.stopped(running.spec()))
                            .addPhases(LiveTexts.stop());
                });
        return plan.build();
    }

    /** With the waves counted from the last to the first. */
    private static List<ApplicationJob> reversed(Application application) {
        IntSummaryStatistics waves =
                application.getJobsList().stream()
                        .mapToInt(ApplicationJob::getWave)
                        .summaryStatistics();
        return application.getJobsList().stream()
                .map(job ->
                        job.toBuilder()
                                .setWave(waves.getMax() - (job.getWave() - waves.getMin()))
                                .build())
                .sorted(Comparator.comparingInt(ApplicationJob::getWave))
                .toList();
    }
}
