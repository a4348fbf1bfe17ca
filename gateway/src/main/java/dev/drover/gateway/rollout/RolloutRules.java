package dev.drover.gateway.rollout;

import dev.drover.v1.JobPlan;
import dev.drover.v1.Phase;
import dev.drover.v1.Plan;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.Rollout;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Decides what follows for a rollout: the jobs of one wave together, each phase by phase, the next
 * wave when all of it is done; pure.
 */
public final class RolloutRules {
    private final String promotion;
    private final RolloutLimits limits;
    private final Map<String, PhaseVerdict> verdicts;

    /** Rules for one promotion of which nothing is measured. */
    public RolloutRules(String promotion, RolloutLimits limits) {
        this(promotion, limits, Map.of());
    }

    /**
     * Rules for one promotion.
     *
     * @param verdicts what measurements say, by {@link #key}
     */
    public RolloutRules(
            String promotion, RolloutLimits limits, Map<String, PhaseVerdict> verdicts) {
        this.promotion = promotion;
        this.limits = limits;
        this.verdicts = Map.copyOf(verdicts);
    }

    /** What a phase is called among those of all jobs. */
    public static String key(Phase phase) {
        return phase.getJob() + "/" + phase.getPlanned().getId();
    }

    /**
     * The rollout of a plan: the planned phases of each job; jobs that are as they should be are
     * done at once.
     */
    public static RolloutStep begin(Plan plan, Instant now) {
        Rollout.Builder rollout = Rollout.newBuilder();
        Map<String, JobNotes> notes = new TreeMap<>();
        for (JobPlan job : plan.getJobsList()) {
            notes.put(job.getJob(), JobNotes.expecting(job.getJobModifyIndex()));
            job.getPhasesList().forEach(planned -> rollout.addPhases(phase(job, planned)));
            if (job.getPhasesCount() == 0) {
                rollout.addPhases(phase(job, PlannedPhase.newBuilder().setId("unchanged").build()));
            }
        }
        RolloutStep.Collector next = new RolloutStep.Collector(rollout.build(), notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            if (phase.getPlanned().getKind() == PlannedPhase.Kind.KIND_UNSPECIFIED) {
                JobNotes its = Phases.notesOf(notes, phase.getJob());
                next.take(
                        i,
                        PhaseStep.moved(
                                phase, its, PhaseEvent.NOTHING_TO_DO, "nothing to do", now));
            }
        }
        return next.done();
    }

    /** The phases that Nomad has to be asked about. */
    public static List<Phase> watched(Rollout rollout, Map<String, JobNotes> notes) {
        return Phases.present(rollout).stream()
                .map(rollout::getPhases)
                .filter(phase ->
                        phase.getPlanned().getKind() == PlannedPhase.Kind.RESTART
                                || Phases.notesOf(notes, phase.getJob()).touched())
                .toList();
    }

    /**
     * When something happens by itself; empty while anything is under way that Nomad has to be
     * looked at for.
     */
    public static Optional<Instant> nextTime(Rollout rollout) {
        OptionalInt wave = Phases.wave(rollout);
        List<Phase> present =
                Phases.present(rollout).stream()
                        .map(rollout::getPhases)
                        .filter(phase -> wave.isPresent() && phase.getWave() == wave.getAsInt())
                        .toList();
        boolean waits =
                present.stream().allMatch(phase -> phase.hasUntilTime() && Phases.open(phase));
        return waits
                ? present.stream()
                        .map(phase -> Times.instant(phase.getUntilTime()))
                        .min(Comparator.naturalOrder())
                : Optional.empty();
    }

    /** What follows from what was seen of the jobs that are watched. */
    public RolloutStep decide(
            Rollout rollout,
            Map<String, JobNotes> notes,
            Map<String, JobSight> sights,
            Instant now) {
        return decide(rollout, notes, sights, true, now);
    }

    /**
     * The same.
     *
     * @param begins whether phases may begin
     */
    public RolloutStep decide(
            Rollout rollout,
            Map<String, JobNotes> notes,
            Map<String, JobSight> sights,
            boolean begins,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        OptionalInt wave = Phases.wave(rollout);
        for (int i : Phases.present(rollout)) {
            Phase phase = rollout.getPhases(i);
            JobNotes its = Phases.notesOf(notes, phase.getJob());
            JobSight sight = sights.get(phase.getJob());
            if (phase.getState() == Phase.State.PENDING) {
                if (begins && wave.isPresent() && phase.getWave() == wave.getAsInt()) {
                    next.take(i, Beginnings.begin(promotion, phase, its, now));
                }
            } else if (sight != null && began(phase, its)) {
                next.take(i, PhaseRules.decide(view(phase, its, sight, now)));
            }
        }
        return next.done();
    }

    /** What follows from what became of an effect. */
    public RolloutStep settle(
            Rollout rollout,
            Map<String, JobNotes> notes,
            RolloutEffect effect,
            EffectOutcome outcome,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i : Phases.present(rollout)) {
            Phase phase = rollout.getPhases(i);
            if (phase.getJob().equals(effect.job())) {
                JobNotes its = Phases.notesOf(notes, phase.getJob());
                next.take(i, Settlements.settle(phase, its, effect, outcome, now));
            }
        }
        return next.done();
    }

    /**
     * Closes every phase that is open. A job whose deployment Nomad is about to make stays open
     * until it can be failed.
     */
    public RolloutStep abort(
            Rollout rollout,
            Map<String, JobNotes> notes,
            Map<String, JobSight> sights,
            String why,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            JobNotes its = Phases.notesOf(notes, phase.getJob());
            if (Phases.ended(phase)) {
                continue;
            }
            JobSight sight = sights.get(phase.getJob());
            boolean present = Phases.present(rollout).contains(i);
            if (!present || !its.touched()) {
                next.take(i, PhaseStep.moved(phase, its, PhaseEvent.ABORTED, why, now));
            } else if (sight != null) {
                next.take(i, Aborts.abort(view(phase, its, sight, now), why));
            }
        }
        return next.done();
    }

    /** Ends every phase that is open as it is: nothing more can be found out about its job. */
    public static RolloutStep giveUp(
            Rollout rollout, Map<String, JobNotes> notes, String why, Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            if (!Phases.ended(phase)) {
                PhaseEvent event =
                        phase.getState() == Phase.State.PENDING
                                ? PhaseEvent.ABORTED
                                : PhaseEvent.FAILED;
                JobNotes its = Phases.notesOf(notes, phase.getJob());
                next.take(i, PhaseStep.moved(phase, its, event, why, now));
            }
        }
        return next.done();
    }

    private PhaseView view(Phase phase, JobNotes notes, JobSight sight, Instant now) {
        PhaseVerdict verdict = verdicts.getOrDefault(key(phase), PhaseVerdict.NONE);
        return new PhaseView(promotion, limits, phase, notes, sight, verdict, now);
    }

    /** Whether the act that begins a phase is known to be done. */
    private static boolean began(Phase phase, JobNotes notes) {
        return switch (phase.getPlanned().getKind()) {
            case STOP -> notes.registration().stopped();
            case REGISTER -> notes.registered();
            case DISPATCH, FORCE -> !phase.getRunJob().isEmpty();
            default -> true;
        };
    }

    private static Phase phase(JobPlan job, PlannedPhase planned) {
        return Phase.newBuilder()
                .setJob(job.getJob())
                .setWave(job.getWave())
                .setPlanned(planned)
                .setState(Phase.State.PENDING)
                .setMessage(planned.getKind() == PlannedPhase.Kind.KIND_UNSPECIFIED ? "" : "waits")
                .build();
    }
}
