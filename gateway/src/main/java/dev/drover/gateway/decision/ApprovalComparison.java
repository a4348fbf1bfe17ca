package dev.drover.gateway.decision;

import dev.drover.v1.ApprovalRule;
import dev.drover.v1.LostGuard.Change;
import java.util.ArrayList;
import java.util.List;

/** Whether an approval rule asks for less than another. */
final class ApprovalComparison {
    private ApprovalComparison() {}

    static void compare(RuleComparison found, ApprovalRule was, ApprovalRule is) {
        if (is.getCount() < was.getCount()) {
            found.weaker(
                    Change.COUNT_LOWERED,
                    "%d must approve, were %d".formatted(is.getCount(), was.getCount()));
        }
        List<String> added = new ArrayList<>(is.getGroupsList());
        added.removeAll(was.getGroupsList());
        if (was.getGroupsCount() > 0 && (is.getGroupsCount() == 0 || !added.isEmpty())) {
            found.weaker(
                    Change.APPROVERS_WIDENED,
                    is.getGroupsCount() == 0
                            ? "anybody may approve, was " + String.join(" or ", was.getGroupsList())
                            : String.join(", ", added) + " may approve as well");
        }
        if (is.getAllowRequester() && !was.getAllowRequester()) {
            found.weaker(Change.APPROVERS_WIDENED, "the requester's own approval counts");
        }
        found.rest(without(was), without(is));
    }

    private static ApprovalRule without(ApprovalRule rule) {
        return rule.toBuilder().clearCount().clearGroups().clearAllowRequester().build();
    }
}
