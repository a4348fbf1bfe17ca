package dev.drover.gateway.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.DeploymentGroup;
import dev.drover.gateway.cluster.JobDeployment;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.plan.SafeTexts;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.DeploymentStatus;
import dev.drover.v1.GroupHealth;
import dev.drover.v1.GroupStatus;
import dev.drover.v1.JobStatus;
import dev.drover.v1.VersionStatus;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Jobs as the API tells them. */
final class JobMessages {
    private static final int WANTED_MAX = 200;
    private static final int ENDED_MAX = 10;

    private final SafeTexts safe;
    private final Origins origins;

    JobMessages(SafeTexts safe, Origins origins) {
        this.safe = safe;
        this.origins = origins;
    }

    JobStatus job(JobSight sight) {
        JobStatus.Builder status =
                JobStatus.newBuilder().setJob(sight.id()).setCondition(Conditions.of(sight));
        if (sight.job().isEmpty()) {
            return status.build();
        }
        RunningJob job = sight.job().get();
        List<Allocation> shown = shown(sight.allocations());
        status.setType(job.type())
                .setStatus(job.status())
                .setVersion(job.version())
                .setAllocationsLeftOut(sight.allocations().size() - shown.size())
                .setChecksMessage(safe.sentence(sight.checks().message()));
        sight.versions().stream()
                .filter(one -> one.version() == job.version() || hasAllocations(sight, one))
                .forEach(one -> status.addVersions(version(job, one, sight.allocations())));
        job.spec().path("TaskGroups").forEach(group -> status.addGroups(group(sight, job, group)));
        sight.deployment().ifPresent(one -> status.setDeployment(deployment(one)));
        if (!job.stopped()) {
            new TreeMap<>(sight.placementFailures())
                    .forEach((group, failure) ->
                            status.addPlacementFailures(
                                    safe.placement(job.spec(), group, failure)));
        }
        AllocationMessages allocations = new AllocationMessages(safe);
        shown.forEach(
                one -> status.addAllocations(allocations.allocation(one, sight.checks().of(one))));
        return status.build();
    }

    /** Those that are wanted, and the last that ended; the newest first. */
    private static List<Allocation> shown(List<Allocation> oldestFirst) {
        List<Allocation> newestFirst = oldestFirst.reversed();
        List<Allocation> wanted =
                newestFirst.stream().filter(JobSight::wanted).limit(WANTED_MAX).toList();
        List<Allocation> ended =
                newestFirst.stream().filter(one -> !JobSight.wanted(one)).limit(ENDED_MAX).toList();
        return newestFirst.stream()
                .filter(one -> wanted.contains(one) || ended.contains(one))
                .toList();
    }

    private static boolean hasAllocations(JobSight sight, JobVersion version) {
        return sight.wanted().stream().anyMatch(one -> one.jobVersion() == version.version());
    }

    private VersionStatus version(RunningJob job, JobVersion version, List<Allocation> all) {
        List<Allocation> mine =
                all.stream().filter(one -> one.jobVersion() == version.version()).toList();
        VersionStatus.Builder status =
                VersionStatus.newBuilder()
                        .setVersion(version.version())
                        .setCurrent(version.version() == job.version())
                        .setStable(version.stable())
                        .setTag(version.tag().orElse(""))
                        .setPending(count(mine, one -> is(one, ClientStatus.PENDING)))
                        .setRunning(count(mine, JobSight::running))
                        .setUnhealthy(
                                count(
                                        mine,
                                        one -> JobSight.running(one) && JobSight.unhealthy(one)))
                        .setComplete(count(mine, one -> is(one, ClientStatus.COMPLETE)))
                        .setFailed(count(mine, one -> is(one, ClientStatus.FAILED)))
                        .setLost(
                                count(
                                        mine,
                                        one ->
                                                is(one, ClientStatus.LOST)
                                                        || is(one, ClientStatus.UNKNOWN)));
        origins.of(job.id(), version)
                .ifPresent(one -> status.setPromotion(one.getName()).setRelease(one.getRelease()));
        return status.build();
    }

    private static boolean is(Allocation one, ClientStatus status) {
        return JobSight.wanted(one) && one.state().client() == status;
    }

    private static long count(List<Allocation> all, Predicate<Allocation> which) {
        return all.stream().filter(which).count();
    }

    private static GroupStatus group(JobSight sight, RunningJob job, JsonNode group) {
        String name = group.path("Name").asText();
        List<Allocation> running =
                sight.allocations().stream()
                        .filter(one -> one.group().equals(name) && JobSight.running(one))
                        .toList();
        return GroupStatus.newBuilder()
                .setGroup(name)
                .setDesired(job.stopped() ? 0 : Conditions.desired(job, group))
                .setRunning(running.size())
                .setHealthy(count(running, one -> !JobSight.unhealthy(one)))
                .build();
    }

    private DeploymentStatus deployment(JobDeployment deployment) {
        DeploymentStatus.Builder status =
                DeploymentStatus.newBuilder()
                        .setDeploymentId(deployment.id())
                        .setJobVersion(deployment.job().version())
                        .setStatus(deployment.status().name().toLowerCase(Locale.ROOT))
                        .setDescription(safe.sentence(deployment.description()))
                        .setAwaitsPromotion(deployment.awaitsPromotion());
        deployment.groups().forEach((name, group) -> status.putGroups(name, health(group)));
        if (!deployment.status().ended()) {
            deployment.groups().values().stream()
                    .flatMap(group -> group.requireProgressBy().stream())
                    .min((a, b) -> a.compareTo(b))
                    .ifPresent(one -> status.setProgressDeadlineTime(Times.timestamp(one)));
        }
        return status.build();
    }

    private static GroupHealth health(DeploymentGroup group) {
        return GroupHealth.newBuilder()
                .setDesired(group.allocations().desired())
                .setPlaced(group.allocations().placed())
                .setHealthy(group.allocations().healthy())
                .setUnhealthy(group.allocations().unhealthy())
                .setDesiredCanaries(group.desiredCanaries())
                .setPromoted(group.promoted())
                .build();
    }
}
