package dev.drover.gateway.decision;

import com.google.protobuf.Duration;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Rule;

/** Rules in a few words. */
final class RuleText {
    private RuleText() {}

    static String of(Rule rule) {
        return switch (rule.getKindCase()) {
            case EXPRESSION -> rule.getExpression().getExpression();
            case APPROVAL -> approval(rule.getApproval());
            case WINDOW -> "a window";
            case SOAK -> "a soak of " + duration(rule.getSoak().getDuration());
            case VERIFICATION ->
                    "verification of "
                            + String.join(", ", rule.getVerification().getVerificationsList());
            default -> "a rule of another kind";
        };
    }

    private static String approval(ApprovalRule rule) {
        String who =
                rule.getGroupsCount() == 0 ? "anybody" : String.join(" or ", rule.getGroupsList());
        return "approval by %d of %s".formatted(rule.getCount(), who);
    }

    static String duration(Duration duration) {
        return SoakRules.text(java.time.Duration.ofSeconds(duration.getSeconds()));
    }

    static long seconds(Duration duration) {
        return duration.getSeconds();
    }
}
