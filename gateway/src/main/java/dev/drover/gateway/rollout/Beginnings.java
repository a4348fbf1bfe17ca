package dev.drover.gateway.rollout;

import dev.drover.gateway.plan.DeclaredTime;
import dev.drover.v1.JobRun;
import dev.drover.v1.Phase;
import dev.drover.v1.PlannedPhase;
import java.time.Duration;
import java.time.Instant;

/** How each kind of phase begins. */
final class Beginnings {
    private Beginnings() {}

    static PhaseStep begin(String promotion, Phase phase, JobNotes notes, Instant now) {
        PlannedPhase planned = phase.getPlanned();
        JobNotes fresh = notes.afresh();
        String job = promotion + "/" + phase.getJob();
        long index = notes.registration().expectedIndex();
        return switch (planned.getKind()) {
            case STOP ->
                    begun(phase, fresh, "being stopped", now)
                            .with(new RolloutEffect.StopJob(job + "/stop", phase.getJob(), index));
            case REGISTER ->
                    begun(phase, fresh, "being registered", now)
                            .with(
                                    new RolloutEffect.Register(
                                            job + "/register", phase.getJob(), index));
            case BAKE, WAIT, VERIFY ->
                    begun(until(phase, planned, now), fresh, planned.getSummary(), now);
            case DISPATCH, FORCE -> run(promotion, phase, fresh, now);
            default -> begun(phase, fresh, planned.getSummary(), now);
        };
    }

    private static PhaseStep run(String promotion, Phase phase, JobNotes notes, Instant now) {
        JobRun run = phase.getPlanned().getRun();
        return begun(phase, notes, phase.getPlanned().getSummary(), now)
                .with(
                        new RolloutEffect.RunJob(
                                promotion + "/" + phase.getJob() + "/run",
                                phase.getJob(),
                                phase.getJobModifyIndex(),
                                phase.getPlanned().getKind() == PlannedPhase.Kind.DISPATCH,
                                run.getMetaMap(),
                                run.getPayload()));
    }

    private static PhaseStep begun(Phase phase, JobNotes notes, String message, Instant now) {
        return PhaseStep.moved(phase, notes, PhaseEvent.BEGUN, message, now);
    }

    private static Phase until(Phase phase, PlannedPhase planned, Instant now) {
        Duration time = DeclaredTime.of(planned.getTime());
        return phase.toBuilder().setUntilTime(Times.timestamp(now.plus(time))).build();
    }
}
