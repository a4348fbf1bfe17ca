package dev.drover.gateway.plan;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Plans for those who only ask. A plan is used for a second by all who ask the same, and made once
 * however many ask at once, so that a dashboard cannot keep Nomad's scheduler busy. It may
 * therefore be a second behind Nomad, never behind the baseline; what is carried out is planned
 * anew, or seconds before.
 */
public final class RecentPlans {

    private static final Duration KEPT = Duration.ofSeconds(1);

    /** Enough for every pair of a busy second; beyond it, plans are not kept. */
    private static final int MOST = 512;

    /** Everything that a plan depends on but Nomad itself. */
    private record Key(
            Map<String, String> inputs,
            String release,
            String environment,
            String cluster,
            Strategy strategy) {}

    private record Kept(CompletableFuture<PlannedChange> plan, Instant until) {}

    private final Planner planner;
    private final InstantSource clock;
    private final Map<Key, Kept> plans = new ConcurrentHashMap<>();

    /** Keeps the plans of this planner. */
    public RecentPlans(Planner planner, InstantSource clock) {
        this.planner = planner;
        this.clock = clock;
    }

    /**
     * The plan of a release for an environment, at most a second old.
     *
     * @param earlier as in {@link PlanRequest}; asked only where a plan has to be made
     * @throws GatewayException as {@link Planner#plan}; a refusal is kept like a plan
     */
    public PlannedChange plan(PlanNouns nouns, Supplier<List<Rendering>> earlier) {
        Strategy strategy = PlanRequest.of(nouns, List.of()).strategy();
        Key key =
                new Key(
                        PlanInputs.of(nouns),
                        nouns.release().getName(),
                        nouns.environment().getName(),
                        nouns.cluster().getEtag(),
                        strategy);
        Supplier<PlannedChange> make =
                () -> planner.plan(new PlanRequest(nouns, strategy, earlier.get()));
        Kept mine = new Kept(new CompletableFuture<>(), clock.instant().plus(KEPT));
        Kept kept =
                plans.compute(key, (same, other) -> other != null && usable(other) ? other : mine);
        if (!kept.equals(mine)) {
            return wait(kept, make);
        }
        makeRoom();
        try {
            mine.plan().complete(make.get());
        } catch (RuntimeException | Error failed) {
            mine.plan().completeExceptionally(failed);
            throw failed;
        }
        return mine.plan().join();
    }

    private boolean usable(Kept kept) {
        return clock.instant().isBefore(kept.until());
    }

    private static PlannedChange wait(Kept kept, Supplier<PlannedChange> make) {
        try {
            return kept.plan().get();
        } catch (ExecutionException failed) {
            // What befell the one who planned, such as going away, is no answer for the others.
            if (failed.getCause() instanceof GatewayException refused
                    && refused.reason() != Reason.CALL_CANCELLED) {
                throw refused;
            }
            return make.get();
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new GatewayException(
                    Reason.CALL_CANCELLED, "the call was cancelled while it waited for a plan");
        }
    }

    private void makeRoom() {
        if (plans.size() > MOST) {
            plans.values().removeIf(kept -> !usable(kept));
        }
        if (plans.size() > MOST) {
            plans.clear();
        }
    }
}
