package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.RenderedJob;
import dev.drover.gateway.rollout.EffectOutcome;
import dev.drover.gateway.rollout.EffectPerformer;
import dev.drover.gateway.rollout.JobObserver;
import dev.drover.gateway.rollout.JobSight;
import dev.drover.gateway.rollout.RolloutEffect;
import dev.drover.gateway.rollout.RolloutRules;
import dev.drover.v1.Environment;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Finds out what a decision needs, and does effects; blocks on Nomad. */
final class Observer {
    private final PromotionStore store;
    private final Preparation preparation;
    private final Planner planner;
    private final NomadClusters clusters;
    private final Verifier verifier;
    private final Rooms rooms;
    private final FreshPlans fresh;

    Observer(
            PromotionStore store,
            Preparation preparation,
            Planner planner,
            NomadClusters clusters,
            Verifier verifier,
            Rooms rooms,
            FreshPlans fresh) {
        this.store = store;
        this.preparation = preparation;
        this.planner = planner;
        this.clusters = clusters;
        this.verifier = verifier;
        this.rooms = rooms;
        this.fresh = fresh;
    }

    /** What the promotion's state asks to look at. */
    Observation observe(Loaded loaded, Instant now) {
        Promotion promotion = loaded.promotion();
        Optional<FreshPlans.Kept> plan = fresh.take(promotion.getName());
        LaneOrder order = new LaneOrder(loaded.lane(), store.mode(promotion.getEnvironment()));
        Optional<String> newer =
                PromotionStates.waits(promotion)
                        ? order.supersededBy(promotion.getName())
                        : Optional.empty();
        if (newer.isPresent()) {
            return new Observation.Superseded(newer.get());
        }
        return switch (promotion.getState()) {
            case PLANNING -> plan(loaded, now, true);
            case BLOCKED, PENDING_APPROVAL -> preparation.judge(promotion, loaded.notes(), now);
            case QUEUED ->
                    order.turn(promotion, loaded.notes())
                            ? planWhereRoom(loaded, plan, now)
                            : new Observation.NotItsTurn();
            case RUNNING -> look(loaded, now);
            case VERIFYING -> verify(loaded, now);
            case HELD -> new Observation.Held(preparation.afterFailure(promotion));
            default -> new Observation.Nothing();
        };
    }

    private Observation verify(Loaded loaded, Instant now) {
        Promotion promotion = loaded.promotion();
        if (!promotion.getRolledBackBy().isEmpty()) {
            return store.promotion(promotion.getRolledBackBy())
                    .<Observation>map(Observation.RollbackSeen::new)
                    .orElseGet(Observation.Nothing::new);
        }
        try {
            return verifier.observe(promotion, loaded.notes(), now);
        } catch (GatewayException failure) {
            return unreachable(preparation.environment(promotion), failure);
        }
    }

    /** Does one effect, or finds out that it was done. */
    Observation perform(Loaded loaded, RolloutEffect effect) {
        Environment environment = preparation.environment(loaded.promotion());
        try {
            NomadCluster cluster = clusters.cluster(environment.getCluster());
            EffectPerformer performer = new EffectPerformer(cluster, namespace(environment));
            return new Observation.Settled(
                    effect,
                    switch (effect) {
                        case RolloutEffect.Register register ->
                                register(loaded, performer, register, environment);
                        case RolloutEffect.StopJob stop ->
                                performer.stop(stop, !loaded.notes().ending().wanted());
                        case RolloutEffect.PromoteDeployment promote -> performer.promote(promote);
                        case RolloutEffect.PauseDeployment pause -> performer.pause(pause);
                        case RolloutEffect.RunJob run ->
                                loaded.notes().ending().wanted()
                                        ? new EffectOutcome.Dropped()
                                        : performer.run(run);
                        case RolloutEffect.RestartAllocation restart ->
                                loaded.notes().ending().wanted()
                                        ? new EffectOutcome.Dropped()
                                        : performer.restart(restart);
                        case RolloutEffect.FailDeployment fail -> performer.fail(fail);
                        case RolloutEffect.TagVersion tag -> performer.tag(tag);
                    });
        } catch (GatewayException failure) {
            return unreachable(environment, failure);
        }
    }

    private EffectOutcome register(
            Loaded loaded,
            EffectPerformer performer,
            RolloutEffect.Register effect,
            Environment environment) {
        RenderedJob job =
                store.rendering(loaded.promotion().getName())
                        .flatMap(rendering -> rendering.job(effect.job()))
                        .orElseThrow(() ->
                                new IllegalStateException("no rendered job for " + effect.key()));
        try {
            return performer.register(
                    effect,
                    new EffectPerformer.Rendered(
                            planner.revealed(environment.getName(), job),
                            job.submission(),
                            job.kept().preserveCounts()),
                    !loaded.notes().ending().wanted());
        } catch (GatewayException failure) {
            if (failure.reason() == Reason.JOBSPEC_INVALID) {
                // A sensitive variable that the job needs is gone: waiting does not bring it back.
                return new EffectOutcome.Refused(failure.text());
            }
            throw failure;
        }
    }

    private Observation planWhereRoom(Loaded loaded, Optional<FreshPlans.Kept> plan, Instant now) {
        Optional<Observation.NoRoom> full = rooms.missing(loaded.promotion(), loaded.notes());
        if (full.isPresent()) {
            return full.get();
        }
        return plan.flatMap(one -> preparation.again(loaded.promotion(), loaded.notes(), one, now))
                .<Observation>map(Function.identity())
                .orElseGet(() -> plan(loaded, now, false));
    }

    private Observation plan(Loaded loaded, Instant now, boolean keep) {
        Promotion promotion = loaded.promotion();
        try {
            Set<String> theirs = theirs(loaded);
            Observation.Planned planned =
                    told(
                            Surprises.left(
                                    preparation.plan(promotion, loaded.notes(), theirs, now),
                                    theirs),
                            loaded);
            if (keep) {
                fresh.keep(promotion.getName(), preparation.kept(promotion, planned));
            }
            return planned;
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case NOMAD_UNREACHABLE, NOMAD_PERMISSION_DENIED, CLUSTER_SETTINGS_INVALID ->
                        unreachable(preparation.environment(promotion), failure);
                case STORE_UNAVAILABLE, REVISION_CONFLICT, INTERNAL -> throw failure;
                default -> new Observation.PlanRefused(failure.text());
            };
        }
    }

    /** Of the jobs that earlier promotions left changed those that somebody changed since. */
    private Set<String> theirs(Loaded loaded) {
        Map<String, Long> left = loaded.notes().restore().left();
        if (left.isEmpty()) {
            return Set.of();
        }
        Environment environment = preparation.environment(loaded.promotion());
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        Set<String> theirs = new TreeSet<>();
        left.forEach((job, index) -> {
            boolean asLeft =
                    cluster.job(namespace(environment), job)
                            .filter(now -> now.indexes().spec() == index)
                            .isPresent();
            if (!asLeft) {
                theirs.add(job);
            }
        });
        return theirs;
    }

    private Observation.Planned told(Observation.Planned planned, Loaded loaded) {
        Environment environment = preparation.environment(loaded.promotion());
        NomadCluster cluster = clusters.cluster(environment.getCluster());
        return Surprises.told(
                planned, loaded.lane(), job -> cluster.job(namespace(environment), job));
    }

    private Observation look(Loaded loaded, Instant now) {
        Promotion promotion = loaded.promotion();
        Environment environment = preparation.environment(promotion);
        AfterFailure after =
                loaded.notes().ending().wanted()
                        ? preparation.afterFailure(promotion)
                        : AfterFailure.UNKNOWN;
        try {
            JobObserver observer =
                    new JobObserver(
                            clusters.cluster(environment.getCluster()), namespace(environment));
            Map<String, JobSight> sights = new LinkedHashMap<>();
            for (Phase phase :
                    RolloutRules.watched(promotion.getRollout(), loaded.notes().jobs())) {
                sights.put(phase.getJob(), observer.look(phase));
            }
            if (loaded.notes().ending().wanted()) {
                verifier.abandon(promotion);
                return new Observation.Seen(sights, after);
            }
            return new Observation.Seen(
                    sights,
                    after,
                    verifier.atPhases(promotion, now),
                    preparation.halting(promotion, loaded.notes(), now));
        } catch (GatewayException failure) {
            return unreachable(environment, failure);
        }
    }

    Rooms rooms() {
        return rooms;
    }

    /** Takes sensitive values out of texts, whoever wrote them: Nomad, or a task. */
    UnaryOperator<String> redaction(Promotion promotion) {
        return planner.redaction(promotion.getEnvironment());
    }

    static String namespace(Environment environment) {
        return environment.getNamespace().isEmpty() ? "default" : environment.getNamespace();
    }

    /** Whatever Nomad's side of it is; faults of the store and of Drover are told as they are. */
    private static Observation unreachable(Environment environment, GatewayException failure) {
        if (Thread.currentThread().isInterrupted()) {
            // The engine is closing and hung up: that says nothing of the cluster.
            throw failure;
        }
        return switch (failure.reason()) {
            case STORE_UNAVAILABLE, REVISION_CONFLICT, INTERNAL -> throw failure;
            default -> new Observation.Unreachable(environment.getCluster(), failure.text());
        };
    }
}
