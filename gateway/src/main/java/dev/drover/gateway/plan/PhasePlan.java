package dev.drover.gateway.plan;

import dev.drover.v1.JobPlan;
import dev.drover.v1.JobRun;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The phases in which a job's change is carried out, from the strategy and from what Nomad says
 * that it would do.
 */
final class PhasePlan {
    private static final Duration STOP = Duration.ofMinutes(5);
    private static final Duration RUN = Duration.ofMinutes(10);

    private PhasePlan() {}

    /** Empty where nothing changes. */
    static List<PlannedPhase> of(JobPlan.Change change, PlannedJob job, Optional<JobRun> run) {
        if (change == JobPlan.Change.NONE) {
            return List.of();
        }
        List<PlannedPhase> phases = new ArrayList<>();
        if (job.strategy().hasRecreate() && job.runs()) {
            phases.add(stop(job));
        }
        if (job.gated() && job.strategy().hasCanary()) {
            phases.addAll(CanaryPhases.of(job));
        } else if (job.gated() && job.strategy().hasBlueGreen()) {
            phases.addAll(BlueGreenPhases.of(job));
        } else {
            phases.add(register(change, job));
        }
        run.ifPresent(declared -> phases.add(run(job.type(), declared)));
        return List.copyOf(phases);
    }

    private static PlannedPhase stop(PlannedJob job) {
        Duration timeout = declared(job.strategy().getRecreate().getStopTimeout(), STOP);
        return phase("stop", Kind.STOP, timeout)
                .setSummary(
                        "stop it and wait until nothing of it runs, %s at most; nothing serves until the new version is healthy"
                                .formatted(DeclaredTime.text(timeout)))
                .setAbort("the job is stopped; the version before is registered again")
                .build();
    }

    private static PlannedPhase register(JobPlan.Change change, PlannedJob job) {
        boolean created = change == JobPlan.Change.CREATED;
        boolean places = created || job.placesOnly() || job.strategy().hasRecreate();
        return phase("register", Kind.REGISTER, job.progressDeadline())
                .setSummary(
                        places
                                ? job.texts().created(job.strategy())
                                : job.texts().changed(job.strategy(), job.updates()))
                .setAbort(
                        created
                                ? "nothing ran before; what was placed is left as it is"
                                : "allocations that were replaced by then get the version before again")
                .build();
    }

    private static PlannedPhase run(JobType type, JobRun declared) {
        Duration timeout = declared(declared.getTimeout(), RUN);
        PlannedPhase.Builder phase =
                switch (type.launches()) {
                    case "periodic" ->
                            phase("force", Kind.FORCE, timeout)
                                    .setSummary("run it once outside its schedule");
                    case "parameterized" ->
                            phase("dispatch", Kind.DISPATCH, timeout)
                                    .setRun(declared)
                                    .setSummary("dispatch it once as a smoke test");
                    default -> phase("run", Kind.RUN, timeout).setSummary("let it run");
                };
        return phase.setAbort("a run that began goes on; the version before is registered again")
                .setSummary(
                        phase.getSummary()
                                + ", and wait until the run has ended well, %s at most"
                                        .formatted(DeclaredTime.text(timeout)))
                .build();
    }

    static PlannedPhase.Builder phase(String id, Kind kind, Duration time) {
        return PlannedPhase.newBuilder()
                .setId(id)
                .setKind(kind)
                .setTime(DeclaredTime.message(time));
    }

    private static Duration declared(com.google.protobuf.Duration time, Duration otherwise) {
        Duration declared = DeclaredTime.of(time);
        return declared.isPositive() ? declared : otherwise;
    }
}
