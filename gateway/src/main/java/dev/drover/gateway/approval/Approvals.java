package dev.drover.gateway.approval;

import dev.drover.gateway.auth.People;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Approval;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rules of approving and rejecting. */
public final class Approvals {

    private Approvals() {}

    /** How far a rule is, by what people said of the present plan. */
    public static Tally tally(AskedRule asked, ApprovalCase promotion) {
        return Tallies.of(asked, promotion);
    }

    /**
     * Refuses an approval that cannot count.
     *
     * @param seenDigest the digest of the plan that the approver saw
     * @throws GatewayException PLAN_DIGEST_CHANGED (both digests), SELF_APPROVAL_FORBIDDEN,
     *     APPROVER_NOT_ELIGIBLE (with the groups that are asked, and why not), ALREADY_EXISTS where
     *     this human has approved this plan, INVALID_FIELD where a rule asks for a comment
     */
    public static void check(
            ApprovalCase promotion, Principal approver, String seenDigest, String comment) {
        if (!seenDigest.equals(promotion.planDigest())) {
            throw digestChanged(promotion.planDigest(), seenDigest);
        }
        List<AskedRule> may =
                promotion.rules().stream()
                        .filter(asked -> hindrance(asked, promotion, approver).isEmpty())
                        .toList();
        spoken(promotion, approver, may);
        if (may.isEmpty()) {
            refuse(promotion, approver);
        }
        may.stream()
                .filter(asked -> asked.rule().getCommentRequired() && comment.isBlank())
                .findFirst()
                .ifPresent(asked -> {
                    throw GatewayException.invalidField(
                            "comment", "is required: " + asked.name() + " asks for one");
                });
    }

    /**
     * Whether the rejection by this person ends the promotion; else it stands against it.
     *
     * @throws GatewayException APPROVER_NOT_ELIGIBLE where rejections are counted and this one is
     *     not; ALREADY_EXISTS where this human has rejected this plan
     */
    public static boolean rejectionEnds(ApprovalCase promotion, Principal person) {
        List<AskedRule> may =
                promotion.rules().stream()
                        .filter(asked -> hindrance(asked, promotion, person).isEmpty())
                        .toList();
        if (may.isEmpty() && promotion.rules().stream().anyMatch(AskedRule::rejectionsCount)) {
            throw notEligible(promotion, person, "reject");
        }
        if (may.isEmpty() || !may.stream().allMatch(AskedRule::rejectionsCount)) {
            return true;
        }
        if (promotion.words(Approval.State.REJECTED).stream()
                .anyMatch(word -> promotion.people().same(word.getApprover(), person.account()))) {
            throw new GatewayException(
                    Reason.ALREADY_EXISTS, person.account() + " has rejected this plan already");
        }
        return false;
    }

    private static Optional<Hindrance> hindrance(
            AskedRule asked, ApprovalCase promotion, Principal person) {
        return Eligibility.of(asked, promotion, person.account(), person.groups());
    }

    /**
     * Refuses a second word that adds nothing to the first; one that has expired may be renewed.
     */
    private static void spoken(ApprovalCase promotion, Principal approver, List<AskedRule> may) {
        People people = promotion.people();
        Optional<Approval> before =
                promotion.standing().stream()
                        .filter(word -> people.same(word.getApprover(), approver.account()))
                        .findFirst();
        if (before.isEmpty()
                || may.stream()
                        .anyMatch(asked ->
                                Eligibility.of(asked, promotion, before.get()).isPresent())) {
            return;
        }
        String other = before.get().getApprover();
        throw new GatewayException(
                Reason.ALREADY_EXISTS,
                (other.equals(approver.account()) ? other : "the same person, as " + other + ",")
                        + " has approved this plan already; another person has to approve where more are asked");
    }

    private static void refuse(ApprovalCase promotion, Principal approver) {
        List<AskedRule> rules = promotion.rules();
        boolean own = promotion.people().same(approver.account(), promotion.requester());
        boolean ownNever = rules.stream().noneMatch(asked -> asked.rule().getAllowRequester());
        if (own && ownNever) {
            throw selfApproval(promotion, approver);
        }
        if (!rules.isEmpty()) {
            throw notEligible(promotion, approver, "approve");
        }
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

    private static GatewayException selfApproval(ApprovalCase promotion, Principal approver) {
        String as =
                approver.account().equals(promotion.requester())
                        ? ""
                        : ", as " + promotion.requester() + ",";
        return new GatewayException(
                Reason.SELF_APPROVAL_FORBIDDEN,
                approver.account()
                        + as
                        + " asked for this promotion and may not approve it; another person has to",
                ErrorDetails.NONE.with("requester", promotion.requester()));
    }

    private static GatewayException notEligible(
            ApprovalCase promotion, Principal person, String what) {
        Set<String> groups = new TreeSet<>();
        Set<String> people = new TreeSet<>();
        promotion.rules().stream()
                .flatMap(asked -> asked.quorums().stream())
                .forEach(quorum -> {
                    quorum.getGroupsList().forEach(group -> groups.add(People.groupName(group)));
                    people.addAll(quorum.getPeopleList());
                });
        String message =
                "%s may not %s this promotion: it asks for %s, and %s %s"
                        .formatted(
                                person.account(),
                                what,
                                asked(groups, people),
                                person.account(),
                                why(promotion, person));
        return new GatewayException(
                Reason.APPROVER_NOT_ELIGIBLE,
                message,
                ErrorDetails.NONE
                        .with("groups", String.join(", ", groups))
                        .with(new PreconditionViolation("APPROVAL", person.account(), message)));
    }

    private static String asked(Set<String> groups, Set<String> people) {
        if (groups.isEmpty() && people.isEmpty()) {
            return "anybody who is not left out";
        }
        String members = groups.isEmpty() ? "" : "a member of " + String.join(", ", groups);
        return people.isEmpty()
                ? members
                : (members.isEmpty() ? "" : members + " or ") + String.join(", ", people);
    }

    /** What is wrong with this person for each rule, the groups where it is only that. */
    private static String why(ApprovalCase promotion, Principal person) {
        String others =
                promotion.rules().stream()
                        .map(asked -> hindrance(asked, promotion, person))
                        .flatMap(Optional::stream)
                        .filter(why -> why.kind() != Hindrance.Kind.NOT_ASKED)
                        .map(Hindrance::text)
                        .distinct()
                        .collect(Collectors.joining(" and "));
        if (!others.isEmpty() || promotion.people().automation(person.account())) {
            return others.isEmpty()
                    ? "is a program's account, which rules have to name in people"
                    : others;
        }
        return "is in "
                + (person.groups().isEmpty()
                        ? "no group"
                        : String.join(", ", new TreeSet<>(person.groups())));
    }
}
