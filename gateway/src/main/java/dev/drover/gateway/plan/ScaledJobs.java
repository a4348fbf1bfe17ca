package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.FieldChange;
import dev.drover.v1.GroupCount;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobPlan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What a scaling registers: jobs as they are, with other counts. */
record ScaledJobs(NomadCluster cluster, String namespace, DryRun dryRun, List<GroupCount> wanted) {

    /**
     * All jobs of an application, those that are named with their new counts.
     *
     * @throws GatewayException TRANSITION_NOT_ALLOWED where one of these does not run, or is not as
     *     it was registered last
     */
    Rendering of(Rendering running) {
        Set<String> named = named();
        return new Rendering(
                running.jobs().stream()
                        .map(job -> named.contains(job.id()) ? scaled(present(job)) : job)
                        .toList());
    }

    /** What happens to the jobs that are named. */
    List<JobPlan> plans(Rendering scaled) {
        Set<String> named = named();
        List<JobPlan> plans = new ArrayList<>();
        for (RenderedJob job : scaled.jobs()) {
            if (named.contains(job.id())) {
                plans.add(plan(job));
            }
        }
        return plans;
    }

    private Set<String> named() {
        return wanted.stream().map(GroupCount::getJob).collect(Collectors.toSet());
    }

    private JobPlan plan(RenderedJob job) {
        JobPlan plan = dryRun.of(job, List.of());
        return plan.getChange() == Change.NONE
                ? plan
                : plan.toBuilder()
                        .clearPhases()
                        .addPhases(LiveTexts.scale(job, counts(job, now(job))))
                        .build();
    }

    private RenderedJob scaled(RenderedJob job) {
        ObjectNode spec = job.spec().deepCopy();
        for (JobGroup group : JobGroup.all(spec)) {
            wanted.stream()
                    .filter(one -> one.getJob().equals(job.id()))
                    .filter(one -> one.getGroup().equals(group.name()))
                    .forEach(one -> group.spec().put("Count", one.getCount()));
        }
        return with(job, spec);
    }

    /**
     * The job with the counts that it has. Who scales it must not undo in passing what somebody
     * else changed in it; a rollback took the strategy's part out of it.
     */
    private RenderedJob present(RenderedJob job) {
        RunningJob now = now(job);
        RenderedJob same = with(job, LiveCounts.with(job.spec(), now));
        JobPlan change = dryRun.of(same, List.of());
        if (change.getChange() == Change.NONE) {
            return same;
        }
        ObjectNode bare = StrategyUpdate.restored(job.spec(), job.kept().progressDeadlines());
        RenderedJob restored = with(job, LiveCounts.with(bare, now));
        if (dryRun.of(restored, List.of()).getChange() == Change.NONE) {
            return restored;
        }
        String fields =
                change.getFieldChangesList().stream()
                        .map(FieldChange::getPath)
                        .collect(Collectors.joining(", "));
        throw refused(
                "job \"%s\" is not as Drover registered it last%s; to scale it would undo that, so promote a release first"
                        .formatted(job.id(), fields.isEmpty() ? "" : " (" + fields + ")"));
    }

    private RunningJob now(RenderedJob job) {
        return cluster.job(namespace, job.id())
                .filter(one -> !one.stopped())
                .orElseThrow(() ->
                        refused(
                                "job \"%s\" does not run; promote a release to start it"
                                        .formatted(job.id())));
    }

    /** {@code group "web" from 2 to 4}. */
    private static String counts(RenderedJob job, RunningJob now) {
        StringJoiner counts = new StringJoiner(", ");
        for (JobGroup group : JobGroup.all(job.spec())) {
            for (JobGroup before : JobGroup.all(now.spec())) {
                if (before.name().equals(group.name()) && before.count() != group.count()) {
                    counts.add(
                            "group \"%s\" from %d to %d"
                                    .formatted(group.name(), before.count(), group.count()));
                }
            }
        }
        return counts.toString();
    }

    private static RenderedJob with(RenderedJob job, ObjectNode spec) {
        return new RenderedJob(job.id(), job.wave(), spec, job.submission(), job.kept());
    }

    private static GatewayException refused(String why) {
        return new GatewayException(Reason.TRANSITION_NOT_ALLOWED, why);
    }
}
