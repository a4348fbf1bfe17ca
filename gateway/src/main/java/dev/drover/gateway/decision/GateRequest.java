package dev.drover.gateway.decision;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.v1.Approval;
import dev.drover.v1.Plan;
import dev.drover.v1.PromotionFacts;
import java.time.Instant;
import java.util.List;

/**
 * What to judge.
 *
 * @param asked who asks, for what kind of change, and why
 * @param approvals what people said so far, void ones included
 * @param now the time that rules see
 */
public record GateRequest(
        PlanNouns nouns, Plan plan, PromotionFacts asked, List<Approval> approvals, Instant now) {

    public GateRequest {
        approvals = List.copyOf(approvals);
    }
}
