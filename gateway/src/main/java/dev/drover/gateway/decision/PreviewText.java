package dev.drover.gateway.decision;

import dev.drover.v1.BacktestCounts;
import dev.drover.v1.EnvironmentBacktest;
import dev.drover.v1.LostGuard;
import dev.drover.v1.LostGuard.Certainty;
import dev.drover.v1.LostGuard.Change;
import dev.drover.v1.PreviewPolicyResponseOrBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A preview in sentences, without the subject: the change. */
final class PreviewText {
    private static final Set<Change> REMOVALS =
            Set.of(Change.RULE_REMOVED, Change.ENFORCEMENT_LOWERED, Change.SELECTOR_NARROWED);

    private PreviewText() {}

    static List<String> of(PreviewPolicyResponseOrBuilder preview) {
        List<String> told = new ArrayList<>();
        preview.getLostGuardsList().forEach(guard -> told.add(guard(guard)));
        if (preview.getOpenEnvironmentsCount() > 0) {
            told.add(
                    "leaves environments without any guard: "
                            + String.join(", ", preview.getOpenEnvironmentsList()));
        }
        for (EnvironmentBacktest one : preview.getBacktest().getEnvironmentsList()) {
            String past = past(one.getCounts());
            if (!past.isEmpty()) {
                told.add(
                        past
                                + " of the last %d promotions to %s"
                                        .formatted(
                                                one.getCounts().getPromotions(),
                                                one.getEnvironment()));
            }
        }
        return told;
    }

    private static String guard(LostGuard guard) {
        if (guard.getChange() == Change.DELETION_UNPROTECTED) {
            return "lets the policy be deleted, which it was protected from";
        }
        String what =
                guard.getRule().isEmpty()
                        ? "every guard of the policy"
                        : "the guard " + guard.getRule();
        String where =
                guard.getEnvironmentsCount() == 0
                        ? "no environment that exists"
                        : "environments " + String.join(", ", guard.getEnvironmentsList());
        String why = ": " + guard.getDescription();
        if (guard.getCertainty() == Certainty.UNKNOWN) {
            return "changes %s of %s, and whether it is weaker cannot be told%s"
                    .formatted(what, where, why);
        }
        if (REMOVALS.contains(guard.getChange())) {
            return "removes %s from %s%s".formatted(what, where, why);
        }
        String shown =
                guard.getCertainty() == Certainty.SHOWN_BY_BACKTEST
                        ? ", as past promotions show"
                        : "";
        return "weakens %s of %s%s%s".formatted(what, where, shown, why);
    }

    private static String past(BacktestCounts counts) {
        List<String> parts = new ArrayList<>();
        if (counts.getNewlyBlocked() + counts.getNewlyAllowed() > 0) {
            parts.add(
                    "would have blocked %d and newly allowed %d"
                            .formatted(counts.getNewlyBlocked(), counts.getNewlyAllowed()));
        }
        if (counts.getChangedApprovers() > 0) {
            parts.add("would have asked others to approve " + counts.getChangedApprovers());
        }
        if (counts.getErrors() > 0) {
            parts.add("could not have been evaluated for " + counts.getErrors());
        }
        return String.join(", ", parts);
    }
}
