package dev.drover.gateway.release;

import dev.drover.gateway.baseline.Draft;
import dev.drover.gateway.baseline.Hooks;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Kinds;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Prepared;
import dev.drover.gateway.baseline.Problems;
import dev.drover.gateway.baseline.Reference;
import dev.drover.gateway.baseline.References;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is special about releases: their jobs are those of the application, each with a jobspec. */
final class ReleaseHooks implements Hooks<Release> {
    private static final int MAX_JOBSPEC_BYTES = 1 << 20;

    private final JobspecCheck jobspecs;

    ReleaseHooks(JobspecCheck jobspecs) {
        this.jobspecs = jobspecs;
    }

    @Override
    public void validate(Draft<Release> draft, Lookup lookup, Problems problems) {
        Release release = draft.message();
        String application = applicationOf(draft.name());
        lookup.find(Application.class, application)
                .ifPresent(found -> jobs(found.message(), release, problems));
    }

    private void jobs(Application application, Release release, Problems problems) {
        List<String> wanted =
                application.getJobsList().stream().map(ApplicationJob::getId).toList();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < release.getJobsCount(); i++) {
            ReleaseJob job = release.getJobs(i);
            String path = "jobs[" + i + "]";
            Integer first = seen.putIfAbsent(job.getId(), i);
            if (first != null) {
                problems.add(
                        path + ".id", "'" + job.getId() + "' is the id of jobs[" + first + "] too");
            } else if (!wanted.contains(job.getId())) {
                problems.add(
                        path + ".id",
                        application.getName()
                                + " has no job '"
                                + job.getId()
                                + "'; its jobs are "
                                + String.join(", ", wanted));
            }
            jobspec(application, release, i, problems);
        }
        for (String id : wanted) {
            if (!seen.containsKey(id)) {
                problems.add(
                        "jobs",
                        "job '"
                                + id
                                + "' of "
                                + application.getName()
                                + " is missing; a release brings every job of its application");
            }
        }
    }

    private void jobspec(Application application, Release release, int i, Problems problems) {
        ReleaseJob job = release.getJobs(i);
        String path = "jobs[" + i + "].jobspec";
        int bytes = job.getJobspec().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_JOBSPEC_BYTES) {
            problems.add(path, "has " + bytes + " bytes; at most " + MAX_JOBSPEC_BYTES);
        } else if (!job.getJobspec().isEmpty() && job.getJobspec().isBlank()) {
            problems.add(path, "is empty");
        } else if (!job.getJobspec().isEmpty()) {
            jobspecs.problem(application, release, job)
                    .ifPresent(problem -> problems.add(Reason.JOBSPEC_INVALID, path, problem));
        }
    }

    /** An abandoned release does not keep its application from being deleted. */
    @Override
    public List<Reference> references(Kind<Release> kind, Release release, Kinds kinds) {
        return release.getState() == Release.State.ABANDONED
                ? List.of()
                : References.of(kind, release, kinds);
    }

    @Override
    public Prepared<Release> beforeCommit(Draft<Release> draft, Lookup lookup) {
        return Prepared.of(
                draft.message().toBuilder()
                        .setState(Release.State.ACTIVE)
                        .setAuthor(draft.author())
                        .setDigest(ReleaseDigest.of(draft.message()))
                        .build());
    }

    private static String applicationOf(String name) {
        return name.substring(0, name.lastIndexOf("/releases/"));
    }
}
