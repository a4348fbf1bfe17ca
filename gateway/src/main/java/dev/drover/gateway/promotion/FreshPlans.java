package dev.drover.gateway.promotion;

import dev.drover.gateway.plan.PlannedChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plans for whom the next step may be to be carried out, kept for two seconds: one that nobody had
 * to wait for is not made twice. Nomad refuses its jobs where they were changed since, because each
 * is registered over the index that its plan was made for.
 */
final class FreshPlans {
    private static final Duration KEPT = Duration.ofSeconds(2);

    private final Map<String, Kept> plans = new LinkedHashMap<>();

    /**
     * A plan, and what it was made of beside its {@link dev.drover.gateway.plan.PlanInputs}.
     *
     * @param cluster the etag of the cluster that was asked
     */
    record Kept(PlannedChange change, String cluster, Instant made) {}

    synchronized void keep(String promotion, Kept plan) {
        Iterator<Kept> oldest = plans.values().iterator();
        while (oldest.hasNext() && old(oldest.next(), plan.made())) {
            oldest.remove();
        }
        plans.remove(promotion);
        plans.put(promotion, plan);
    }

    /** The plan that was made in this promotion's step before, once. */
    synchronized Optional<Kept> take(String promotion, Instant now) {
        return Optional.ofNullable(plans.remove(promotion)).filter(kept -> !old(kept, now));
    }

    private static boolean old(Kept plan, Instant now) {
        return Duration.between(plan.made(), now).abs().compareTo(KEPT) > 0;
    }
}
