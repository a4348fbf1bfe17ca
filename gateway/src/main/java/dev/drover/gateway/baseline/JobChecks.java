package dev.drover.gateway.baseline;

import com.google.protobuf.util.Durations;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ScaleBounds;
import dev.drover.v1.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** What is wrong with the jobs of an application, beyond their ids. */
final class JobChecks {
    private static final int PAYLOAD_MAX = 16 * 1024;

    private JobChecks() {}

    static void check(List<ApplicationJob> jobs, Problems problems) {
        for (int i = 0; i < jobs.size(); i++) {
            ApplicationJob job = jobs.get(i);
            StrategyChecks.check("jobs[" + i + "].strategy", job.getStrategy(), problems);
            together("jobs[" + i + "].strategy", job.getStrategy(), problems);
            run("jobs[" + i + "].run", job, problems);
            String at = "jobs[" + i + "].scale_bounds";
            job.getScaleBoundsMap()
                    .forEach((group, bounds) -> bounds(Fields.keyed(at, group), bounds, problems));
            wave(jobs, i, problems);
        }
    }

    /** A wave without jobs would be a barrier that nothing waits at: a number was mistyped. */
    private static void wave(List<ApplicationJob> jobs, int i, Problems problems) {
        int wave = jobs.get(i).getWave();
        OptionalInt before =
                jobs.stream().mapToInt(ApplicationJob::getWave).filter(it -> it < wave).max();
        if (before.isPresent() && before.getAsInt() < wave - 1) {
            problems.add(
                    "jobs[" + i + "].wave",
                    "%d follows %d, and wave %d has no jobs; number the waves without gaps"
                            .formatted(wave, before.getAsInt(), wave - 1));
        }
    }

    /** Of bounds between which nothing lies. */
    static void bounds(String path, ScaleBounds bounds, Problems problems) {
        if (bounds.getMax() > 0 && bounds.getMax() < bounds.getMin()) {
            problems.add(
                    path + ".max",
                    "%d is below min, which is %d; no count would be allowed"
                            .formatted(bounds.getMax(), bounds.getMin()));
        }
    }

    private static void together(String path, Strategy strategy, Problems problems) {
        if (strategy.getOnFailure() != Strategy.OnFailure.ON_FAILURE_UNSPECIFIED) {
            problems.add(
                    path + ".on_failure",
                    "is not of one job, because a promotion fails as a whole; declare it for the application, the environment or the stage");
        }
    }

    private static void run(String path, ApplicationJob job, Problems problems) {
        if (!job.hasRun()) {
            return;
        }
        if (Durations.isNegative(job.getRun().getTimeout())
                || Durations.compare(job.getRun().getTimeout(), Durations.fromDays(1)) > 0) {
            problems.add(path + ".timeout", "is not between 0s and 86400s, which is a day");
        }
        int bytes = job.getRun().getPayload().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > PAYLOAD_MAX) {
            problems.add(
                    path + ".payload",
                    "has %d bytes; Nomad takes at most %d".formatted(bytes, PAYLOAD_MAX));
        }
    }
}
