package dev.drover.gateway.rollout;

import dev.drover.v1.FailureCause;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Phase;
import dev.drover.v1.Plan;
import dev.drover.v1.Rollout;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Decides what follows for a rollout: the jobs of one wave together, the next wave when all of it
 * is done; pure.
 */
public final class RolloutRules {
    private final String promotion;
    private final PhaseRules phases;

    /** Rules for one promotion. */
    public RolloutRules(String promotion, RolloutLimits limits) {
        this.promotion = promotion;
        this.phases = new PhaseRules(promotion, limits);
    }

    /**
     * The rollout of a plan: one phase for each job; those of jobs that are as they should be are
     * done at once.
     *
     * @param byHand whether a person promotes canaries
     */
    public static RolloutStep begin(Plan plan, boolean byHand, Instant now) {
        Rollout.Builder rollout = Rollout.newBuilder();
        Map<String, PhaseNotes> notes = new TreeMap<>();
        for (JobPlan job : plan.getJobsList()) {
            notes.put(job.getJob(), PhaseNotes.expecting(job.getJobModifyIndex(), byHand));
            rollout.addPhases(
                    Phase.newBuilder()
                            .setJob(job.getJob())
                            .setWave(job.getWave())
                            .setState(Phase.State.PENDING)
                            .setMessage("waits for its wave"));
        }
        RolloutStep.Collector next = new RolloutStep.Collector(rollout.build(), notes);
        for (int i = 0; i < plan.getJobsCount(); i++) {
            if (plan.getJobs(i).getChange() == JobPlan.Change.NONE) {
                Phase phase = rollout.getPhases(i);
                PhaseNotes its = notesOf(notes, phase.getJob());
                next.take(
                        i,
                        PhaseStep.moved(
                                phase, its, PhaseEvent.NOTHING_TO_DO, "nothing to do", now));
            }
        }
        return next.done();
    }

    /** The phases that Nomad has to be asked about. */
    public static List<Phase> watched(Rollout rollout, Map<String, PhaseNotes> notes) {
        return rollout.getPhasesList().stream()
                .filter(phase -> open(phase) && registered(notes, phase.getJob()))
                .toList();
    }

    /** What follows from what was seen of the jobs that are watched. */
    public RolloutStep decide(
            Rollout rollout,
            Map<String, PhaseNotes> notes,
            Map<String, JobSight> sights,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        OptionalInt wave = presentWave(rollout);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            PhaseNotes its = notesOf(notes, phase.getJob());
            if (phase.getState() == Phase.State.PENDING
                    && wave.isPresent()
                    && phase.getWave() == wave.getAsInt()) {
                next.take(i, register(phase, its, now));
            } else if (open(phase) && sights.containsKey(phase.getJob())) {
                next.take(i, phases.decide(phase, its, sights.get(phase.getJob()), now));
            }
        }
        return next.done();
    }

    /** What follows from what became of an effect. */
    public RolloutStep settle(
            Rollout rollout,
            Map<String, PhaseNotes> notes,
            RolloutEffect effect,
            EffectOutcome outcome,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            if (phase.getJob().equals(effect.job())) {
                next.take(i, settle(phase, notesOf(notes, phase.getJob()), effect, outcome, now));
            }
        }
        return next.done();
    }

    /**
     * Closes every phase that is open. A phase whose deployment Nomad is about to make stays open
     * until it can be failed.
     */
    public RolloutStep abort(
            Rollout rollout,
            Map<String, PhaseNotes> notes,
            Map<String, JobSight> sights,
            String why,
            Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            PhaseNotes its = notesOf(notes, phase.getJob());
            boolean untouched = phase.getState() == Phase.State.PENDING;
            if (untouched || (open(phase) && !its.registered())) {
                next.take(i, PhaseStep.moved(phase, its, PhaseEvent.ABORTED, why, now));
            } else if (open(phase) && sights.containsKey(phase.getJob())) {
                next.take(i, abort(phase, its, sights.get(phase.getJob()), why, now));
            }
        }
        return next.done();
    }

    /** Lets canaries go on that wait for a person. */
    public static RolloutStep advance(
            Rollout rollout, Map<String, PhaseNotes> notes, String message, Instant now) {
        RolloutStep.Collector next = new RolloutStep.Collector(rollout, notes);
        for (int i = 0; i < rollout.getPhasesCount(); i++) {
            Phase phase = rollout.getPhases(i);
            if (phase.getState() == Phase.State.PAUSED) {
                PhaseNotes its = notesOf(notes, phase.getJob()).advance();
                next.take(i, PhaseStep.moved(phase, its, PhaseEvent.ADVANCED, message, now));
            }
        }
        return next.done();
    }

    static RolloutEffect failDeployment(String promotion, String job, String deploymentId) {
        return new RolloutEffect.FailDeployment(promotion + "/" + job + "/fail", job, deploymentId);
    }

    private PhaseStep abort(
            Phase phase, PhaseNotes notes, JobSight sight, String why, Instant now) {
        PhaseStep natural = phases.decide(phase, notes, sight, now);
        if (PhaseStates.TABLE.terminal(natural.phase().getState())) {
            return natural;
        }
        boolean undecided =
                sight.deployment().isEmpty()
                        && sight.evaluation().filter(one -> !one.ended()).isPresent();
        if (undecided) {
            return PhaseStep.stay(phase, notes, "stops as soon as Nomad has made its deployment");
        }
        PhaseStep aborted =
                PhaseStep.moved(Groups.shown(phase, sight), notes, PhaseEvent.ABORTED, why, now);
        return sight.deployment()
                .map(one -> aborted.with(failDeployment(promotion, phase.getJob(), one.id())))
                .orElse(aborted);
    }

    private PhaseStep register(Phase phase, PhaseNotes notes, Instant now) {
        return PhaseStep.moved(phase, notes, PhaseEvent.REGISTERING, "being registered", now)
                .with(
                        new RolloutEffect.Register(
                                promotion + "/" + phase.getJob() + "/register",
                                phase.getJob(),
                                notes.expectedIndex()));
    }

    private static PhaseStep settle(
            Phase phase,
            PhaseNotes notes,
            RolloutEffect effect,
            EffectOutcome outcome,
            Instant now) {
        return switch (effect) {
            case RolloutEffect.Register register -> settleRegistration(phase, notes, outcome, now);
            case RolloutEffect.PromoteDeployment promote -> settlePromotion(phase, notes, outcome);
            case RolloutEffect.FailDeployment fail -> PhaseStep.stay(phase, notes);
            case RolloutEffect.TagVersion tag -> PhaseStep.stay(phase, notes);
        };
    }

    private static PhaseStep settleRegistration(
            Phase phase, PhaseNotes notes, EffectOutcome outcome, Instant now) {
        return switch (outcome) {
            case EffectOutcome.Registered done ->
                    PhaseStep.stay(
                            phase.toBuilder()
                                    .setEvaluationId(done.evaluationId())
                                    .setJobVersion(done.version())
                                    .setJobModifyIndex(done.specIndex())
                                    .setMessage("registered as version " + done.version())
                                    .build(),
                            notes.registered(done.createIndex()));
            case EffectOutcome.Conflict conflict ->
                    PhaseStep.failed(
                            phase,
                            notes,
                            FailureCause.CHANGED_OUT_OF_BAND,
                            conflict.message(),
                            now);
            case EffectOutcome.Refused refused ->
                    PhaseStep.failed(
                            phase, notes, FailureCause.PLAN_FAILED, refused.message(), now);
            case EffectOutcome.Done done -> PhaseStep.stay(phase, notes);
            case EffectOutcome.NotNow notNow -> PhaseStep.stay(phase, notes);
            case EffectOutcome.Dropped dropped -> PhaseStep.stay(phase, notes);
        };
    }

    private static PhaseStep settlePromotion(Phase phase, PhaseNotes notes, EffectOutcome outcome) {
        return switch (outcome) {
            case EffectOutcome.Done done ->
                    PhaseStep.stay(
                            phase,
                            notes.promotion(PhaseNotes.CanaryStep.DONE),
                            "canaries promoted");
            case EffectOutcome.NotNow notNow ->
                    PhaseStep.stay(
                            phase, notes.promotion(PhaseNotes.CanaryStep.NONE), notNow.message());
            // What ended the deployment is seen when it is looked at next.
            case EffectOutcome.Refused refused ->
                    PhaseStep.stay(
                            phase, notes.promotion(PhaseNotes.CanaryStep.NONE), refused.message());
            case EffectOutcome.Registered registered -> PhaseStep.stay(phase, notes);
            case EffectOutcome.Conflict conflict -> PhaseStep.stay(phase, notes);
            case EffectOutcome.Dropped dropped -> PhaseStep.stay(phase, notes);
        };
    }

    private static OptionalInt presentWave(Rollout rollout) {
        return rollout.getPhasesList().stream()
                .filter(phase -> !PhaseStates.TABLE.terminal(phase.getState()))
                .mapToInt(Phase::getWave)
                .min();
    }

    private static boolean open(Phase phase) {
        return phase.getState() == Phase.State.RUNNING || phase.getState() == Phase.State.PAUSED;
    }

    private static boolean registered(Map<String, PhaseNotes> notes, String job) {
        return notesOf(notes, job).registered();
    }

    private static PhaseNotes notesOf(Map<String, PhaseNotes> notes, String job) {
        return notes.getOrDefault(job, PhaseNotes.expecting(0, false));
    }
}
