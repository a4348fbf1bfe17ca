package dev.drover.gateway.promotion;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.approval.Words;
import dev.drover.gateway.decision.ApprovalCases;
import dev.drover.gateway.decision.GateRequest;
import dev.drover.gateway.decision.GoingBack;
import dev.drover.gateway.decision.Halting;
import dev.drover.gateway.decision.HaltingRules;
import dev.drover.gateway.decision.Judgement;
import dev.drover.gateway.decision.KnownPeople;
import dev.drover.gateway.decision.Spoken;
import dev.drover.gateway.plan.PlanInputs;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.PlanRequest;
import dev.drover.gateway.plan.PlannedChange;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.RenderedJob;
import dev.drover.gateway.plan.Rendering;
import dev.drover.v1.Approval;
import dev.drover.v1.Environment;
import dev.drover.v1.Plan;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes plans and asks the rules about them. */
final class Preparation {
    private final PromotionStore store;
    private final PromotionNouns nouns;
    private final Planner planner;
    private final Plans plans;
    private final Function<GateRequest, Judgement> gate;
    private final KnownAccounts accounts;

    /**
     * Where plans of releases come from: made anew to be carried out, or shared by those who only
     * ask.
     */
    @FunctionalInterface
    interface Plans {
        PlannedChange plan(PlanNouns nouns, Supplier<List<Rendering>> earlier);
    }

    Preparation(
            PromotionStore store,
            PromotionNouns nouns,
            Planner planner,
            Plans plans,
            Function<GateRequest, Judgement> gate,
            KnownAccounts accounts) {
        this.store = store;
        this.nouns = nouns;
        this.planner = planner;
        this.plans = plans;
        this.gate = gate;
        this.accounts = accounts;
    }

    PlanNouns nouns(Promotion promotion) {
        return nouns.of(promotion.getRelease(), promotion.getEnvironment(), promotion.getKind());
    }

    /** Where the promotion's jobs run. */
    Environment environment(Promotion promotion) {
        return nouns.environment(promotion.getEnvironment());
    }

    /** What follows where the promotion fails. */
    AfterFailure afterFailure(Promotion promotion) {
        Strategy strategy = PlanRequest.of(nouns(promotion), List.of()).strategy();
        Rendering now = store.rendering(promotion.getName()).orElse(new Rendering(List.of()));
        Rendering before =
                store.lane(promotion.getEnvironment(), promotion.getApplication())
                        .good()
                        .flatMap(good -> store.rendering(good.rendered()))
                        .orElse(new Rendering(List.of()));
        Set<String> same =
                now.jobs().stream()
                        .filter(job ->
                                before.job(job.id())
                                        .filter(one -> one.specDigest().equals(job.specDigest()))
                                        .isPresent())
                        .map(RenderedJob::id)
                        .collect(Collectors.toSet());
        return new AfterFailure(strategy.getOnFailure(), same);
    }

    /**
     * A plan, for now.
     *
     * @param theirs jobs that are not to be brought back, since somebody else changed them
     */
    Observation.Planned plan(Promotion promotion, Notes notes, Set<String> theirs, Instant now) {
        PlanNouns present = nouns(promotion);
        PlannedChange change =
                switch (promotion.getKind()) {
                    case SCALE, RESTART, STOP ->
                            new LiveChanges(store, planner).plan(promotion, present);
                    case ROLLBACK ->
                            planner.planRestored(
                                    PlanRequest.of(present, earlier(promotion)),
                                    restored(notes, theirs));
                    default -> plans.plan(present, () -> earlier(promotion));
                };
        Judgement judgement = decide(promotion, notes, present, change.plan(), now);
        return new Observation.Planned(change.plan(), change.rendering(), judgement);
    }

    /** To be used once more by the next step. */
    FreshPlans.Kept kept(Promotion promotion, Observation.Planned planned) {
        return new FreshPlans.Kept(
                new PlannedChange(planned.plan(), planned.rendering()),
                nouns(promotion).cluster().getEtag());
    }

    /** The rules about a plan of the step before, where it still is the promotion's. */
    Optional<Observation.Planned> again(
            Promotion promotion, Notes notes, FreshPlans.Kept kept, Instant now) {
        Plan plan = kept.change().plan();
        PlanNouns present = nouns(promotion);
        boolean same =
                plan.equals(promotion.getPlan())
                        && PlanInputs.of(present).equals(plan.getInputsMap())
                        && present.cluster().getEtag().equals(kept.cluster());
        return same
                ? Optional.of(
                        new Observation.Planned(
                                plan,
                                kept.change().rendering(),
                                decide(promotion, notes, present, plan, now)))
                : Optional.empty();
    }

    /** The rules about the plan as it is; stale where what it was made of has changed. */
    Observation.Judged judge(Promotion promotion, Notes notes, Instant now) {
        PlanNouns present = nouns(promotion);
        boolean stale = !PlanInputs.of(present).equals(promotion.getPlan().getInputsMap());
        return new Observation.Judged(
                decide(promotion, notes, present, promotion.getPlan(), now), stale);
    }

    /** Whether a rollout may go on that is under way. */
    Halting halting(Promotion promotion, Notes notes, Instant now) {
        return new HaltingRules(nouns::calendars)
                .judge(request(promotion, notes, nouns(promotion), Plan.getDefaultInstance(), now));
    }

    /** What the promotion is to those who approve its plan, as people and policies are now. */
    ApprovalCase approvalCase(Draft draft) {
        Promotion promotion = draft.promotion();
        return ApprovalCases.of(
                request(
                        promotion,
                        draft.notes(),
                        nouns(promotion),
                        promotion.getPlan(),
                        draft.situation().now()));
    }

    /** The input that comes with it has people's words as they were found. */
    private Judgement decide(
            Promotion promotion, Notes notes, PlanNouns present, Plan plan, Instant now) {
        GateRequest request = request(promotion, notes, present, plan, now);
        return gate.apply(request.with(Words.looked(ApprovalCases.of(request))));
    }

    private GateRequest request(
            Promotion promotion, Notes notes, PlanNouns present, Plan plan, Instant now) {
        PromotionFacts asked =
                PromotionFacts.newBuilder()
                        .setKind(promotion.getKind().name())
                        .setRequester(promotion.getRequester())
                        .addAllRequesterGroups(notes.requesterGroups())
                        .setReason(promotion.getReason())
                        .setAutomated(nouns.automated(promotion.getRequester()))
                        .build();
        List<Approval> approvals = promotion.getApprovalsList();
        Optional<GoingBack> back =
                GoingsBack.of(
                        promotion,
                        store.lane(promotion.getEnvironment(), promotion.getApplication()),
                        now);
        KnownPeople people = accounts.of(present.policies());
        return new GateRequest(
                present,
                plan,
                asked,
                new Spoken(approvals, people),
                back,
                now,
                nouns.suspensions(now));
    }

    private Rendering restored(Notes notes, Set<String> theirs) {
        Notes.Restore restore = notes.restore();
        Rendering all =
                store.rendering(restore.promotion())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "the rendered jobs of "
                                                + restore.promotion()
                                                + " are not kept any more"));
        return restore.jobs().isEmpty()
                ? all
                : new Rendering(
                        all.jobs().stream()
                                .filter(job -> restore.jobs().contains(job.id()))
                                .filter(job -> !theirs.contains(job.id()))
                                .toList());
    }

    /** What was rendered here before: its sensitive fields are not shown. */
    private List<Rendering> earlier(Promotion promotion) {
        return store
                .lane(promotion.getEnvironment(), promotion.getApplication())
                .successes()
                .stream()
                .limit(2)
                .map(one -> store.rendering(one.promotion()))
                .flatMap(Optional::stream)
                .toList();
    }
}
