package dev.drover.gateway.promotion;

import dev.drover.gateway.decision.Halting;
import dev.drover.gateway.decision.Judgement;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomWish;
import dev.drover.gateway.rollout.EffectOutcome;
import dev.drover.gateway.rollout.JobSight;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.v1.Approval;
import dev.drover.v1.Decision;
import dev.drover.v1.Plan;
import dev.drover.v1.Promotion;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the engine found out; always of the whole, so that seeing it twice does no harm. */
sealed interface Observation {
    /** A fresh plan and what the rules say of it. */
    record Planned(Plan plan, Rendering rendering, Judgement judgement) implements Observation {
        Decision decision() {
            return judgement.decision();
        }

        /** What people said, looked at anew. */
        List<Approval> words() {
            return judgement.input().getApprovalsList();
        }
    }

    /** No plan can be made. */
    record PlanRefused(String message) implements Observation {}

    /**
     * What the rules say of the present plan.
     *
     * @param stale whether what the plan was made of has changed
     */
    record Judged(Judgement judgement, boolean stale) implements Observation {
        Decision decision() {
            return judgement.decision();
        }

        /** What people said, looked at anew. */
        List<Approval> words() {
            return judgement.input().getApprovalsList();
        }
    }

    /** Others are before it in the lane. */
    record NotItsTurn() implements Observation {}

    /** It is its turn, but as many run as may, or others who wait for that go before it. */
    record NoRoom(RoomWish wish, RoomSight sight) implements Observation {}

    /** A newer one took its place in the lane. */
    record Superseded(String by) implements Observation {}

    /**
     * What Nomad tells of the jobs that are being changed.
     *
     * @param after asked for only where the rollout ends
     * @param verified what was found out for a phase that measures
     * @param halting whether it may go on
     */
    record Seen(
            Map<String, JobSight> jobs,
            AfterFailure after,
            Optional<Verified> verified,
            Halting halting)
            implements Observation {
        public Seen {
            jobs = Map.copyOf(jobs);
        }

        Seen(Map<String, JobSight> jobs, AfterFailure after) {
            this(jobs, after, Optional.empty());
        }

        Seen(Map<String, JobSight> jobs, AfterFailure after, Optional<Verified> verified) {
            this(jobs, after, verified, Halting.NONE);
        }
    }

    /** What was found out for verifications. */
    sealed interface Verified extends Observation {}

    /** What became of an effect. */
    record Settled(RolloutEffect effect, EffectOutcome outcome) implements Observation {}

    /**
     * The verifications that the promotion must pass.
     *
     * @param phase of the rollout; empty: after it
     */
    record Declared(String phase, List<Verification> verifications) implements Verified {
        public Declared {
            verifications = List.copyOf(verifications);
        }
    }

    /**
     * What was measured.
     *
     * @param run place among the promotion's runs
     */
    record Measured(int run, Sample sample) implements Verified {}

    /** Nothing is being measured any more: what follows a no can begin. */
    record MeasuringEnded(AfterFailure after) implements Observation {}

    /** A person is waited for, or has decided. */
    record Held(AfterFailure after) implements Observation {}

    /** How the rollback stands. */
    record RollbackSeen(Promotion rollback) implements Observation {}

    /** Nothing had to be looked at. */
    record Nothing() implements Observation {}

    /** The cluster does not answer, or not to this gateway. */
    record Unreachable(String cluster, String message) implements Observation {}

    /** The engine itself fails at this promotion, again and again. */
    record Broken(String message) implements Observation {}
}
