package dev.drover.policy;

import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is wrong with the jobs of an application, beyond their ids. */
final class JobChecks {

    private static final int PAYLOAD_MAX = 16 * 1024;

    private JobChecks() {}

    static List<FieldProblem> check(Application application) {
        List<FieldProblem> problems = new ArrayList<>();
        List<ApplicationJob> jobs = application.getJobsList();
        for (int i = 0; i < jobs.size(); i++) {
            together("jobs[" + i + "].strategy", jobs.get(i).getStrategy(), problems);
            beside("jobs[" + i + "].strategy", jobs.get(i), problems);
            run("jobs[" + i + "].run", jobs.get(i), problems);
            wave(jobs, i, problems);
        }
        return problems;
    }

    /** A wave without jobs would be a barrier that nothing waits at: a number was mistyped. */
    private static void wave(List<ApplicationJob> jobs, int i, List<FieldProblem> problems) {
        int wave = jobs.get(i).getWave();
        OptionalInt before =
                jobs.stream().mapToInt(ApplicationJob::getWave).filter(it -> it < wave).max();
        if (before.isPresent() && before.getAsInt() < wave - 1) {
            List<String> waves =
                    IntStream.range(0, jobs.size()).mapToObj(j -> "jobs[" + j + "].wave").toList();
            problems.add(
                    FieldProblem.of(
                                    "jobs[" + i + "].wave",
                                    "%d follows %d, and wave %d has no jobs; number the waves without gaps"
                                            .formatted(wave, before.getAsInt(), wave - 1))
                            .beside(waves));
        }
    }

    private static void together(String path, Strategy strategy, List<FieldProblem> problems) {
        if (strategy.getOnFailure() != Strategy.OnFailure.ON_FAILURE_UNSPECIFIED) {
            problems.add(
                    FieldProblem.of(
                            path + ".on_failure",
                            "is not of one job, because a promotion fails as a whole; declare it for the application, the environment or the stage"));
        }
    }

    /** What is run once is no service, and Nomad places no second version beside anything else. */
    private static void beside(String path, ApplicationJob job, List<FieldProblem> problems) {
        String kind =
                switch (job.getStrategy().getKindCase()) {
                    case CANARY -> "canary";
                    case BLUE_GREEN -> "blue_green";
                    case ROLLING, RECREATE, KIND_NOT_SET -> "";
                };
        if (job.hasRun() && !kind.isEmpty()) {
            problems.add(
                    FieldProblem.of(
                            path + "." + kind,
                            "a job with run is batch, periodic or parameterized, and Nomad makes no deployments for these; leave out run, or say rolling or recreate"));
        }
    }

    private static void run(String path, ApplicationJob job, List<FieldProblem> problems) {
        if (!job.hasRun()) {
            return;
        }
        com.google.protobuf.Duration declared = job.getRun().getTimeout();
        Duration timeout = Duration.ofSeconds(declared.getSeconds(), declared.getNanos());
        if (timeout.isNegative() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            problems.add(
                    FieldProblem.of(
                            path + ".timeout",
                            "%s is not between 0s and 24h".formatted(ValueText.of(timeout))));
        }
        int bytes = job.getRun().getPayloadBytes().size();
        if (bytes > PAYLOAD_MAX) {
            problems.add(
                    FieldProblem.of(
                            path + ".payload",
                            "has %d bytes; Nomad takes at most %d".formatted(bytes, PAYLOAD_MAX)));
        }
    }
}
