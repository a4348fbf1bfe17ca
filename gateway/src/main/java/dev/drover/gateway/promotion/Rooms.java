package dev.drover.gateway.promotion;

import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomWish;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.WorkList;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Optional;

/**
 * How many promotions run at once in a cluster and in an environment. One has its room from its
 * start to its end, verifications included. An automatic rollback needs none: the promotion that it
 * takes back waits for it and keeps its own.
 */
final class Rooms {
    /** What holds where a cluster or an environment says nothing. */
    static final int MOST = 1000;

    private final PromotionNouns nouns;
    private final WorkList work;

    Rooms(PromotionNouns nouns, WorkList work) {
        this.nouns = nouns;
        this.work = work;
    }

    /** What it needs to run, by what is declared now; empty: nothing. */
    Optional<RoomWish> wish(Promotion promotion, Notes notes) {
        if (notes.restore().inPlace()) {
            return Optional.empty();
        }
        Environment environment = nouns.environment(promotion.getEnvironment());
        Cluster cluster = nouns.cluster(environment.getCluster());
        return Optional.of(
                new RoomWish(
                        Names.project(promotion.getName()),
                        promotion.getKind() == Promotion.Kind.ROLLBACK,
                        limit(cluster.getName(), cluster.getMaxRunningPromotions()),
                        limit(environment.getName(), environment.getMaxRunningPromotions())));
    }

    private static RoomWish.Limit limit(String place, int declared) {
        return new RoomWish.Limit(place, declared == 0 ? MOST : declared);
    }

    /** Why it cannot start although it is its turn in the lane. */
    Optional<Observation.NoRoom> missing(Promotion promotion, Notes notes) {
        return wish(promotion, notes)
                .map(wish -> new Observation.NoRoom(wish, work.room(promotion.getName(), wish)))
                .filter(seen -> !seen.sight().free());
    }

    /** What a step changes of the room: it is taken, waited for, or waited for no more. */
    List<WorkChange> changes(Promotion before, Step step, Observation observation) {
        String item = before.getName();
        if (step.events().contains(PromotionEvent.STARTED)) {
            return wish(before, step.notes()).stream()
                    .<WorkChange>map(wish -> new WorkChange.TakeRoom(item, wish))
                    .toList();
        }
        if (observation instanceof Observation.NoRoom(RoomWish wish, RoomSight sight)) {
            return sight.waiting() ? List.of() : List.of(new WorkChange.AwaitRoom(item, wish));
        }
        return left(before, step.promotion());
    }

    /** Whoever waited for room and does so no more lets those behind it go first. */
    static List<WorkChange> left(Promotion before, Promotion after) {
        return waits(before) && !waits(after)
                ? List.of(new WorkChange.LeaveRoom(before.getName()))
                : List.of();
    }

    private static boolean waits(Promotion promotion) {
        String awaited = promotion.getWaitingFor();
        return awaited.startsWith("clusters/") || awaited.equals(promotion.getEnvironment());
    }

    static String told(RoomSight sight) {
        String runs =
                "%s runs %d of %d promotions"
                        .formatted(sight.place().place(), sight.running(), sight.place().most());
        return sight.before() == 0 ? runs : runs + "; %d before this one".formatted(sight.before());
    }
}
