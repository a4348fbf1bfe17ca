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
 * @param spoken what people said, and who they are
 * @param goingBack of a rollback, how far it goes
 * @param now the time that rules see
 * @param suspensions all that are in force at that time, wherever they hold
 */
public record GateRequest(
        PlanNouns nouns,
        Plan plan,
        PromotionFacts asked,
        Spoken spoken,
        Optional<GoingBack> goingBack,
        Instant now,
        List<Suspension> suspensions) {

    public GateRequest {
        suspensions = List.copyOf(suspensions);
    }

    /** Where nothing is suspended, and nobody is known. */
    public GateRequest(
            PlanNouns nouns,
            Plan plan,
            PromotionFacts asked,
            List<Approval> approvals,
            Optional<GoingBack> goingBack,
            Instant now) {
        this(
                nouns,
                plan,
                asked,
                new Spoken(approvals, KnownPeople.NONE),
                goingBack,
                now,
                List.of());
    }

    /** The same with other words of people. */
    public GateRequest with(List<Approval> words) {
        return new GateRequest(
                nouns, plan, asked, new Spoken(words, people()), goingBack, now, suspensions);
    }

    /** What people said so far, void words included. */
    public List<Approval> approvals() {
        return spoken.approvals();
    }

    /** Who could approve, and who is left out. */
    public KnownPeople people() {
        return spoken.people();
    }
}
