package dev.drover.gateway.verification;

import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes measurements. Blocks on Nomad and on others; called on virtual threads. */
public final class Measurements {
    private final NomadHealth nomad;
    private final HttpAnswers http;
    private final MetricValues metrics;
    private final BatchRuns jobs;
    private final Comparisons comparisons;
    private final InstantSource clock;

    /** Measures by these ports. */
    public Measurements(
            NomadClusters clusters, Outbound outbound, Planner planner, InstantSource clock) {
        Conditions conditions = new Conditions();
        Allocations allocations = new Allocations(clusters);
        this.nomad = new NomadHealth(allocations, conditions);
        this.http = new HttpAnswers(outbound, conditions);
        this.metrics = new MetricValues(outbound, conditions, allocations);
        this.jobs = new BatchRuns(allocations, planner);
        this.comparisons = new Comparisons(outbound, conditions, allocations);
        this.clock = clock;
    }

    /**
     * Takes the measurement that is due.
     *
     * @return empty while it is under way: ask again soon
     * @throws GatewayException STORE_UNAVAILABLE, REVISION_CONFLICT or INTERNAL; everything else
     *     that goes wrong is a sample
     */
    public Optional<Sample> measure(Subject subject, VerificationRun run, Runs.Due due) {
        Instant begin = clock.instant();
        Verification declared = run.getDeclaration();
        Optional<Finding> found;
        try {
            found =
                    switch (declared.getKindCase()) {
                        case NOMAD -> Optional.of(nomad.measure(subject, declared.getNomad()));
                        case HTTP -> Optional.of(http.measure(subject, declared.getHttp()));
                        case PROMETHEUS ->
                                Optional.of(
                                        metrics.measure(subject, declared.getPrometheus(), begin));
                        case JOB -> jobs.measure(subject, run, due, begin);
                        case COMPARISON ->
                                Optional.of(
                                        comparisons.measure(
                                                subject, declared.getComparison(), begin));
                        case KIND_NOT_SET ->
                                Optional.of(Finding.refused("it does not say what to measure"));
                    };
        } catch (Subject.UnfitException unfit) {
            found = Optional.of(Finding.refused(String.valueOf(unfit.getMessage())));
        } catch (GatewayException failure) {
            found =
                    switch (failure.reason()) {
                        case STORE_UNAVAILABLE, REVISION_CONFLICT, INTERNAL -> throw failure;
                        default -> Optional.of(Finding.error(failure.text()));
                    };
        }
        Instant started = declared.hasJob() ? due.time() : begin;
        return found.map(one ->
                one.sample()
                        .setTime(Times.timestamp(started))
                        .setTook(Times.duration(positive(started, clock.instant())))
                        .build());
    }

    /**
     * Lets go of what a measurement under way holds: the job that it runs. Safe to repeat.
     *
     * @throws GatewayException as of {@code NomadCluster}
     */
    public void abandon(Subject subject, VerificationRun run) {
        if (run.getDeclaration().hasJob() && run.getState() == VerificationRun.State.RUNNING) {
            jobs.abandon(subject, run);
        }
    }

    private static Duration positive(Instant from, Instant to) {
        Duration took = Duration.between(from, to);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
