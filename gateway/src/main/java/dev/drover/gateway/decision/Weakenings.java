package dev.drover.gateway.decision;

import dev.drover.v1.Enforcement;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.LostGuard;
import dev.drover.v1.LostGuard.Certainty;
import dev.drover.v1.LostGuard.Change;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.SoakRule;
import dev.drover.v1.VerificationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which guards a change of a policy takes away, by the rules alone. What it cannot tell it says to
 * be unknown; a rule that only becomes stricter is not told.
 */
final class Weakenings {
    private final WindowComparison windows;

    Weakenings(WindowComparison windows) {
        this.windows = windows;
    }

    /** Without environments, and without what the selector says. */
    List<LostGuard> between(Policy before, Optional<Policy> after) {
        List<LostGuard> lost = new ArrayList<>();
        for (Rule rule : before.getRulesList()) {
            if (guards(rule)) {
                rule(before, rule, after, lost);
            }
        }
        if (after.isPresent()
                && before.getDeletionProtection()
                && (!after.get().getDeletionProtection()
                        || (after.get().getAllowOpen() && !before.getAllowOpen()))) {
            lost.add(
                    LostGuard.newBuilder()
                            .setChange(Change.DELETION_UNPROTECTED)
                            .setCertainty(Certainty.CERTAIN)
                            .setDescription("can be deleted from now on")
                            .build());
        }
        return lost;
    }

    static boolean guards(Rule rule) {
        return rule.getEnforcement() == Enforcement.ENFORCE
                || rule.getEnforcement() == Enforcement.ENFORCEMENT_UNSPECIFIED;
    }

    private void rule(Policy before, Rule was, Optional<Policy> after, List<LostGuard> lost) {
        String name = Rules.name(before, was);
        Optional<Rule> same =
                after.flatMap(policy ->
                        policy.getRulesList().stream()
                                .filter(one -> one.getId().equals(was.getId()))
                                .findFirst());
        if (same.isEmpty() && after.filter(policy -> renamed(was, policy)).isPresent()) {
            return;
        }
        RuleComparison found = new RuleComparison(name, lost);
        if (same.isEmpty()) {
            found.weaker(Change.RULE_REMOVED, RuleText.of(was) + " is asked no more");
        } else if (!guards(same.get())) {
            found.weaker(
                    Change.ENFORCEMENT_LOWERED,
                    "is %s, was ENFORCE".formatted(same.get().getEnforcement()));
        } else {
            compare(found, was, same.get());
        }
    }

    private static boolean renamed(Rule was, Policy policy) {
        return policy.getRulesList().stream()
                .anyMatch(one -> one.toBuilder().setId(was.getId()).build().equals(was));
    }

    private void compare(RuleComparison found, Rule was, Rule is) {
        FastTrackComparison.compare(found, was.getFastTrack(), is.getFastTrack());
        if (was.getKindCase() != is.getKindCase()) {
            found.unknown(
                    Change.RULE_CHANGED,
                    "asked for %s, asks for %s".formatted(RuleText.of(was), RuleText.of(is)));
            return;
        }
        switch (was.getKindCase()) {
            case EXPRESSION -> expression(found, was.getExpression(), is.getExpression());
            case APPROVAL -> ApprovalComparison.compare(found, was.getApproval(), is.getApproval());
            case WINDOW -> windows.compare(found, was.getWindow(), is.getWindow());
            case SOAK -> soak(found, was.getSoak(), is.getSoak());
            case VERIFICATION -> verification(found, was.getVerification(), is.getVerification());
            default -> {
                if (!was.equals(is)) {
                    found.unknown(Change.RULE_CHANGED, "is another than it was");
                }
            }
        }
    }

    private static void expression(RuleComparison found, ExpressionRule was, ExpressionRule is) {
        switch (ExpressionComparison.of(was.getExpression(), is.getExpression())) {
            case SAME, STRICTER -> {}
            case WEAKER ->
                    found.weaker(
                            Change.EXPRESSION_CHANGED,
                            "asks for less: %s, was %s"
                                    .formatted(is.getExpression(), was.getExpression()));
            case UNKNOWN ->
                    found.unknown(
                            Change.EXPRESSION_CHANGED,
                            "%s, was %s".formatted(is.getExpression(), was.getExpression()));
        }
    }

    private static void soak(RuleComparison found, SoakRule was, SoakRule is) {
        if (RuleText.seconds(is.getDuration()) < RuleText.seconds(was.getDuration())) {
            found.weaker(
                    Change.SOAK_SHORTENED,
                    "for %s, was %s"
                            .formatted(
                                    RuleText.duration(is.getDuration()),
                                    RuleText.duration(was.getDuration())));
        }
        found.rest(was.toBuilder().clearDuration().build(), is.toBuilder().clearDuration().build());
    }

    private static void verification(
            RuleComparison found, VerificationRule was, VerificationRule is) {
        List<String> gone = new ArrayList<>(was.getVerificationsList());
        gone.removeAll(is.getVerificationsList());
        List<String> less = new ArrayList<>();
        if (!gone.isEmpty()) {
            less.add(String.join(", ", gone) + " is asked no more");
        }
        boolean older =
                was.hasMaxAge()
                        && (!is.hasMaxAge()
                                || RuleText.seconds(is.getMaxAge())
                                        > RuleText.seconds(was.getMaxAge()));
        if (older) {
            less.add("what is older than " + RuleText.duration(was.getMaxAge()) + " counts");
        }
        if (was.getPassedOnly() && !is.getPassedOnly()) {
            less.add("what a person accepted counts");
        }
        if (!less.isEmpty()) {
            found.weaker(Change.VERIFICATION_RELAXED, String.join("; ", less));
        }
        found.rest(
                was.toBuilder().clearVerifications().clearMaxAge().clearPassedOnly().build(),
                is.toBuilder().clearVerifications().clearMaxAge().clearPassedOnly().build());
    }
}
