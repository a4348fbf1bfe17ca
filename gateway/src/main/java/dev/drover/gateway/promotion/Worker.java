package dev.drover.gateway.promotion;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.rollout.EffectCodec;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.gateway.suspension.Suspensions;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step of one promotion: load, look or do one effect, decide, commit. Holds nothing between
 * steps, so it does not matter which gateway takes the next one.
 */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final String owner;
    private final PromotionStore store;
    private final WorkList work;
    private final Observer observer;
    private final EngineLimits limits;
    private final TakenDecisions decisions;

    Worker(
            String owner,
            PromotionStore store,
            WorkList work,
            Observer observer,
            EngineLimits limits) {
        this.owner = owner;
        this.store = store;
        this.work = work;
        this.observer = observer;
        this.limits = limits;
        this.decisions = new TakenDecisions(store.records());
    }

    /**
     * What is next.
     *
     * @param kind how it goes on
     * @param pause how long at most until it is worth looking again
     */
    record Tick(Kind kind, Wait pause, Optional<Promotion> promotion) {
        enum Kind {
            /** Go on at once. */
            AGAIN,
            /** Nothing to do until a hint or the time comes. */
            WAIT,
            /** The cluster does not answer: look less and less often. */
            SILENT,
            /** It has ended. */
            ENDED
        }
    }

    /**
     * Takes one step.
     *
     * @throws dev.drover.gateway.error.GatewayException REVISION_CONFLICT where somebody else
     *     changed something meanwhile, or owns the promotion; STORE_UNAVAILABLE. Taking the step
     *     again is safe.
     */
    Tick tick(WorkList.Claim claim, Instant now) {
        Optional<Loaded> loaded = store.load(claim.item());
        if (loaded.isEmpty() || PromotionStates.ended(loaded.get().promotion())) {
            commit(claim, List.of(), List.of(), List.of(new WorkChange.Remove(claim.item())), now);
            return new Tick(Tick.Kind.ENDED, Wait.NONE, Optional.empty());
        }
        // Read before the rules are asked: what starts is refused where it has changed since.
        Write undisturbed = Suspensions.unchanged(store.records());
        Optional<WorkList.Effect> due = work.effects(claim.item()).stream().findFirst();
        Observation observation =
                due.isPresent()
                        ? observer.perform(loaded.get(), EffectCodec.decode(due.get().body()))
                        : observer.observe(loaded.get(), now);
        return take(claim, loaded.get(), observation, Optional.of(undisturbed), now);
    }

    /** Ends a promotion at which the engine itself fails again and again. */
    Tick giveUp(WorkList.Claim claim, String message, Instant now) {
        Optional<Loaded> loaded = store.load(claim.item());
        return loaded.isEmpty()
                ? new Tick(Tick.Kind.ENDED, Wait.NONE, Optional.empty())
                : take(claim, loaded.get(), new Observation.Broken(message), Optional.empty(), now);
    }

    private Tick take(
            WorkList.Claim claim,
            Loaded loaded,
            Observation observation,
            Optional<Write> undisturbed,
            Instant now) {
        Step step = decide(loaded, observation, now);
        List<WorkChange> changes = new ArrayList<>();
        if (observation instanceof Observation.Settled settled) {
            changes.add(new WorkChange.EffectDone(claim.item(), settled.effect().key()));
        }
        for (RolloutEffect effect : step.effects()) {
            changes.add(
                    new WorkChange.AddEffect(
                            claim.item(), effect.key(), EffectCodec.encode(effect)));
        }
        step.rollback()
                .ifPresent(made ->
                        changes.add(new WorkChange.Add(made.promotion().getName(), claim.lane())));
        changes.addAll(observer.rooms().changes(loaded.promotion(), step, observation));
        boolean ended = PromotionStates.ended(step.promotion());
        if (ended) {
            changes.add(new WorkChange.Remove(claim.item()));
        }
        List<Write> writes = new ArrayList<>(store.writes(loaded, step, now));
        writes.addAll(decisions.writes(loaded.promotion(), step.promotion(), observation));
        if (step.events().contains(PromotionEvent.STARTED)) {
            undisturbed.ifPresent(writes::add);
        }
        boolean changed = !writes.isEmpty() || !changes.isEmpty();
        if (changed) {
            commit(claim, writes, step.audit(), changes, now);
            tell(step);
        }
        return new Tick(
                kind(observation, moved(loaded, step), ended),
                Wait.until(step.promotion(), observation, now),
                Optional.of(step.promotion()));
    }

    private Step decide(Loaded loaded, Observation observation, Instant now) {
        Step step =
                PromotionStep.step(
                        new Situation(
                                loaded.promotion(),
                                loaded.notes(),
                                loaded.lane(),
                                store.mode(loaded.promotion().getEnvironment()),
                                rollbackName(loaded),
                                limits,
                                now),
                        observation);
        return step.promotion().equals(loaded.promotion())
                ? step
                : step.texts(observer.redaction(loaded.promotion()));
    }

    private static boolean moved(Loaded loaded, Step step) {
        return !step.events().isEmpty()
                || !step.effects().isEmpty()
                || !step.notes().equals(loaded.notes());
    }

    private static Tick.Kind kind(Observation observation, boolean moved, boolean ended) {
        if (ended) {
            return Tick.Kind.ENDED;
        }
        if (observation instanceof Observation.Unreachable) {
            return Tick.Kind.SILENT;
        }
        return moved || observation instanceof Observation.Settled
                ? Tick.Kind.AGAIN
                : Tick.Kind.WAIT;
    }

    private String rollbackName(Loaded loaded) {
        String name = loaded.promotion().getName();
        Promotion.State state = loaded.promotion().getState();
        boolean ending =
                loaded.promotion().getRolledBackBy().isEmpty()
                        && (state == Promotion.State.RUNNING
                                || state == Promotion.State.VERIFYING
                                || state == Promotion.State.HELD);
        if (!ending || !loaded.notes().ending().wanted()) {
            return "";
        }
        int attempt = 0;
        while (true) {
            String free = Names.project(name) + "/promotions/" + Rollbacks.id(name, attempt);
            if (!store.exists(free)) {
                return free;
            }
            attempt++;
        }
    }

    private void commit(
            WorkList.Claim claim,
            List<Write> writes,
            List<AuditEvent> audit,
            List<WorkChange> changes,
            Instant now) {
        List<WorkChange> fenced = new ArrayList<>();
        fenced.add(new WorkChange.Fence(claim.item(), owner, claim.fence()));
        fenced.addAll(changes);
        store.records().commit(new Commit(writes, audit, Optional.empty(), fenced), now);
    }

    private static void tell(Step step) {
        Promotion promotion = step.promotion();
        for (PromotionEvent event : step.events()) {
            if (event == PromotionEvent.ROLLBACK_FAILED) {
                LOG.error(
                        "{} failed and could not be rolled back; look at {} now: {}",
                        promotion.getName(),
                        promotion.getEnvironment(),
                        promotion.getStateMessage());
            } else if (promotion.getKind() == Promotion.Kind.ROLLBACK
                    && promotion.getState() == Promotion.State.FAILED) {
                LOG.error(
                        "the rollback {} failed ({}) and nothing follows by itself; look at {} now: {}",
                        promotion.getName(),
                        promotion.getFailureCause(),
                        promotion.getEnvironment(),
                        promotion.getStateMessage());
            } else {
                LOG.info(
                        "{} is {}: {}",
                        promotion.getName(),
                        promotion.getState(),
                        promotion.getStateMessage());
            }
        }
        if (promotion.getState() == Promotion.State.HELD) {
            LOG.warn("{} waits for a person: {}", promotion.getName(), promotion.getStateMessage());
        }
        if (step.events().isEmpty() && step.notes().unreachableMillis() > 0) {
            LOG.warn("{} waits: {}", promotion.getName(), promotion.getStateMessage());
        }
    }
}
