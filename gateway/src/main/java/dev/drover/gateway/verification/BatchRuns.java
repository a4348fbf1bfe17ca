package dev.drover.gateway.verification;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.TaskState;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.RenderedJob;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.VerificationRun;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Measures by a batch job. Each measurement has a job id of its own, made of what it belongs to, so
 * that after a crash or a lost answer the job is found and not run twice.
 */
final class BatchRuns {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int ID_BYTES = 6;

    private final Allocations allocations;
    private final Planner planner;

    BatchRuns(Allocations allocations, Planner planner) {
        this.allocations = allocations;
        this.planner = planner;
    }

    /** Empty while it runs, and while Nomad cannot be asked about it. */
    Optional<Finding> measure(Subject subject, VerificationRun run, Runs.Due due, Instant now) {
        try {
            return look(subject, run, due, now);
        } catch (GatewayException silent) {
            // Another measurement would be another job: this one may run, and is waited for.
            if (silent.reason() == Reason.NOMAD_UNREACHABLE
                    && now.isBefore(due.time().plus(timeout(run)))) {
                return Optional.empty();
            }
            throw silent;
        }
    }

    private static Duration timeout(VerificationRun run) {
        JobMeasurement declared = run.getDeclaration().getJob();
        return declared.hasTimeout() ? Times.duration(declared.getTimeout()) : TIMEOUT;
    }

    private Optional<Finding> look(
            Subject subject, VerificationRun run, Runs.Due due, Instant now) {
        String id = id(subject, run);
        JobMeasurement declared = run.getDeclaration().getJob();
        NomadCluster cluster = allocations.cluster(subject);
        Optional<RunningJob> job = cluster.job(subject.namespace(), id);
        if (job.isEmpty()) {
            return register(cluster, subject, id, declared.getJobspec())
                    .map(one -> one.asking("job " + id));
        }
        Duration timeout = timeout(run);
        return ended(cluster, subject, job.get())
                .or(() ->
                        now.isBefore(due.time().plus(timeout))
                                ? Optional.empty()
                                : Optional.of(overdue(cluster, subject, id, timeout)))
                .map(one -> one.asking("job " + id));
    }

    /** Stops the job of a measurement that nobody waits for any more. */
    void abandon(Subject subject, VerificationRun run) {
        allocations.cluster(subject).stop(subject.namespace(), id(subject, run), false);
    }

    private Optional<Finding> register(
            NomadCluster cluster, Subject subject, String id, String jobspec) {
        try {
            RenderedJob job = planner.renderBatch(subject.environment(), id, jobspec);
            cluster.register(
                    subject.namespace(),
                    planner.revealed(subject.environment().getName(), job),
                    0,
                    job.submission());
            return Optional.empty();
        } catch (GatewayException refused) {
            return switch (refused.reason()) {
                // Registered by an attempt whose answer was lost: the next look finds it.
                case NOMAD_CONFLICT -> Optional.empty();
                case JOBSPEC_INVALID, FORBIDDEN_BY_BASELINE, INVALID_FIELD, NOMAD_REJECTED ->
                        Optional.of(Finding.refused(refused.text()));
                default -> throw refused;
            };
        }
    }

    private Optional<Finding> ended(NomadCluster cluster, Subject subject, RunningJob job) {
        if (job.stopped()) {
            return Optional.of(Finding.error("job " + job.id() + " was stopped by somebody"));
        }
        if (!job.status().equals("dead")) {
            return Optional.empty();
        }
        List<Allocation> all = cluster.allocations(subject.namespace(), job.id());
        // One that was tried again is replaced; what counts is the last of each name.
        List<Allocation> last =
                all.stream().filter(one -> one.state().desired().equals("run")).toList();
        Optional<Allocation> bad =
                last.stream()
                        .filter(one -> one.state().client() != ClientStatus.COMPLETE)
                        .findFirst();
        if (last.isEmpty()) {
            // Registered a moment ago, and not placed yet.
            return Optional.empty();
        }
        return Optional.of(
                bad.map(one -> Finding.failure("job " + job.id() + " failed: " + why(one)))
                        .orElseGet(() ->
                                Finding.success("job " + job.id() + " ended with exit code 0")));
    }

    private static String why(Allocation allocation) {
        return allocation.tasks().stream()
                .filter(TaskState::failed)
                .flatMap(task ->
                        task.events().stream()
                                .filter(event -> event.type().equals("Terminated"))
                                .max(Comparator.comparing(TaskState.Event::time))
                                .map(event -> "task " + task.name() + ": " + event.message())
                                .stream())
                .findFirst()
                .orElse("allocation " + allocation.id() + " is " + allocation.state().client());
    }

    private static Finding overdue(
            NomadCluster cluster, Subject subject, String id, Duration timeout) {
        cluster.stop(subject.namespace(), id, false);
        return Finding.failure(
                "job %s did not end within %d s and was stopped"
                        .formatted(id, timeout.toSeconds()));
    }

    private static String id(Subject subject, VerificationRun run) {
        String of =
                String.join(
                        "\n",
                        subject.promotion(),
                        run.getVerification(),
                        run.getPhase(),
                        Integer.toString(run.getSamplesCount()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(of.getBytes(StandardCharsets.UTF_8));
            return "drover-verify-"
                    + Runs.id(run)
                    + "-"
                    + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
