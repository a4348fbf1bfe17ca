package dev.drover.gateway.promotion;

import dev.drover.gateway.plan.PlannedChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plans for whom the next step may be to be carried out, kept for five seconds: one that nobody had
 * to wait for is not made twice. Nomad refuses its jobs where they were changed since, because each
 * is registered over the index that its plan was made for.
 */
final class FreshPlans {
    private static final Duration KEPT = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<String, Dated> plans = new HashMap<>();

    FreshPlans(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A plan, and what it was made of beside its {@link dev.drover.gateway.plan.PlanInputs}.
     *
     * @param cluster the etag of the cluster that was asked
     */
    record Kept(PlannedChange change, String cluster) {}

    private record Dated(Kept plan, Instant made) {}

    /** Of this moment: a plan may have waited long for its turn at the cluster. */
    synchronized void keep(String promotion, Kept plan) {
        Instant now = clock.instant();
        plans.values().removeIf(one -> old(one, now));
        plans.put(promotion, new Dated(plan, now));
    }

    /** The plan that was made in this promotion's step before, once. */
    synchronized Optional<Kept> take(String promotion) {
        Instant now = clock.instant();
        return Optional.ofNullable(plans.remove(promotion))
                .filter(kept -> !old(kept, now))
                .map(Dated::plan);
    }

    private static boolean old(Dated plan, Instant now) {
        return Duration.between(plan.made(), now).abs().compareTo(KEPT) > 0;
    }
}
