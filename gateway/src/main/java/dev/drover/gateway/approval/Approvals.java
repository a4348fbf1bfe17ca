package dev.drover.gateway.approval;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalRule;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of approving. */
public final class Approvals {

    private Approvals() {}

    /**
     * How far a rule is, by the approvals of the present plan. One person may count for several
     * rules.
     */
    public static Quorum quorum(ApprovalRule rule, ApprovalCase promotion) {
        List<String> approvers =
                promotion.standing().stream()
                        .filter(word ->
                                eligible(rule, promotion, word.getApprover(), word.getGroupsList()))
                        .map(Approval::getApprover)
                        .distinct()
                        .toList();
        return new Quorum(rule.getCount(), approvers);
    }

    /**
     * Refuses an approval that cannot count.
     *
     * @param seenDigest the digest of the plan that the approver saw
     * @throws GatewayException PLAN_DIGEST_CHANGED (both digests), SELF_APPROVAL_FORBIDDEN,
     *     APPROVER_NOT_ELIGIBLE (with the groups that are asked), ALREADY_EXISTS where this person
     *     has approved this plan
     */
    public static void check(ApprovalCase promotion, Principal approver, String seenDigest) {
        if (!seenDigest.equals(promotion.planDigest())) {
            throw digestChanged(promotion.planDigest(), seenDigest);
        }
        if (promotion.standing().stream()
                .anyMatch(word -> word.getApprover().equals(approver.account()))) {
            throw new GatewayException(
                    Reason.ALREADY_EXISTS,
                    approver.account()
                            + " has approved this plan already; another person has to approve where more are asked");
        }
        List<ApprovalRule> rules = promotion.rules();
        if (rules.stream()
                .anyMatch(
                        rule -> eligible(rule, promotion, approver.account(), approver.groups()))) {
            return;
        }
        boolean own = approver.account().equals(promotion.requester());
        if (own && rules.stream().noneMatch(ApprovalRule::getAllowRequester)) {
            throw selfApproval(approver);
        }
        if (!rules.isEmpty()) {
            throw notEligible(rules, approver);
        }
    }

    /** The same approvals, those of another plan than this one void. */
    public static List<Approval> voided(List<Approval> approvals, String planDigest) {
        return approvals.stream()
                .map(approval ->
                        approval.getState() == Approval.State.APPROVED
                                        && !approval.getPlanDigest().equals(planDigest)
                                ? approval.toBuilder().setState(Approval.State.VOIDED).build()
                                : approval)
                .toList();
    }

    private static boolean eligible(
            ApprovalRule rule, ApprovalCase promotion, String account, Collection<String> groups) {
        boolean own = account.equals(promotion.requester());
        return (!own || rule.getAllowRequester()) && member(rule, groups);
    }

    /**
     * A group as principals carry it: owners are written {@code group:NAME}, and some write groups
     * alike.
     */
    public static String groupName(String group) {
        return group.startsWith("group:") ? group.substring("group:".length()) : group;
    }

    private static boolean member(ApprovalRule rule, Collection<String> groups) {
        return rule.getGroupsCount() == 0
                || rule.getGroupsList().stream()
                        .map(Approvals::groupName)
                        .anyMatch(groups::contains);
    }

    private static GatewayException digestChanged(String present, String seen) {
        return new GatewayException(
                Reason.PLAN_DIGEST_CHANGED,
                "the plan has changed since it was read: you approve "
                        + seen
                        + ", the plan is now "
                        + present
                        + "; read the promotion again and look at its plan",
                ErrorDetails.NONE.with("present_digest", present).with("given_digest", seen));
    }

    private static GatewayException selfApproval(Principal approver) {
        return new GatewayException(
                Reason.SELF_APPROVAL_FORBIDDEN,
                approver.account()
                        + " asked for this promotion and may not approve it; another person has to",
                ErrorDetails.NONE.with("requester", approver.account()));
    }

    private static GatewayException notEligible(List<ApprovalRule> rules, Principal approver) {
        Set<String> asked = new TreeSet<>();
        rules.forEach(rule -> rule.getGroupsList().forEach(group -> asked.add(groupName(group))));
        String groups = String.join(", ", asked);
        String own =
                approver.groups().isEmpty()
                        ? "no group"
                        : String.join(", ", new TreeSet<>(approver.groups()));
        String message =
                approver.account()
                        + " may not approve this promotion: it asks for a member of "
                        + groups
                        + ", and "
                        + approver.account()
                        + " is in "
                        + own;
        return new GatewayException(
                Reason.APPROVER_NOT_ELIGIBLE,
                message,
                ErrorDetails.NONE
                        .with("groups", groups)
                        .with(new PreconditionViolation("APPROVAL", approver.account(), message)));
    }
}
