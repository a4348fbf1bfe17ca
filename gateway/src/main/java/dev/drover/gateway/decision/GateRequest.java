package dev.drover.gateway.decision;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.v1.Approval;
import dev.drover.v1.Plan;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Suspension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to judge.
 *
 * @param asked who asks, for what kind of change, and why
 * @param approvals what people said so far, void ones included
 * @param goingBack of a rollback, how far it goes
 * @param now the time that rules see
 * @param suspensions all that are in force at that time, wherever they hold
 */
public record GateRequest(
        PlanNouns nouns,
        Plan plan,
        PromotionFacts asked,
        List<Approval> approvals,
        Optional<GoingBack> goingBack,
        Instant now,
        List<Suspension> suspensions) {

    public GateRequest {
        approvals = List.copyOf(approvals);
        suspensions = List.copyOf(suspensions);
    }

    /** Where nothing is suspended. */
    public GateRequest(
            PlanNouns nouns,
            Plan plan,
            PromotionFacts asked,
            List<Approval> approvals,
            Optional<GoingBack> goingBack,
            Instant now) {
        this(nouns, plan, asked, approvals, goingBack, now, List.of());
    }
}
