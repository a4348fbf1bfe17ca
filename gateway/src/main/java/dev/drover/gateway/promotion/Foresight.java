package dev.drover.gateway.promotion;

import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.FailureCause;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.Set;

/** What would become of a promotion; reads only. */
final class Foresight {
    private final Preparation preparation;

    Foresight(Preparation preparation) {
        this.preparation = preparation;
    }

    /**
     * The promotion as it would be after planning.
     *
     * @throws GatewayException NOMAD_UNREACHABLE and the like, where nothing can be told
     */
    Promotion after(Promotion promotion, Notes notes, Instant now) {
        // A lane of its own: what would be does not depend on others that wait.
        Situation situation =
                new Situation(
                        promotion, notes, Lane.EMPTY, LaneMode.FIFO, "", EngineLimits.DEFAULT, now);
        Promotion seen = PromotionStep.step(situation, observe(promotion, notes, now)).promotion();
        return seen.getFailureCause() == FailureCause.PLAN_FAILED
                ? seen.toBuilder().clearEndTime().build()
                : seen;
    }

    private Observation observe(Promotion promotion, Notes notes, Instant now) {
        try {
            return preparation.plan(promotion, notes, Set.of(), now);
        } catch (GatewayException failure) {
            return switch (failure.reason()) {
                case JOBSPEC_INVALID,
                        FORBIDDEN_BY_BASELINE,
                        INVALID_FIELD,
                        NAMESPACE_NOT_FOUND,
                        NOMAD_REJECTED,
                        TRANSITION_NOT_ALLOWED ->
                        new Observation.PlanRefused(failure.text());
                default -> throw failure;
            };
        }
    }
}
