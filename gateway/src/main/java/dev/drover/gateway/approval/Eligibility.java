package dev.drover.gateway.approval;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.auth.People;
import dev.drover.v1.Approval;
import dev.drover.v1.ApprovalQuorum;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whose word counts for a rule, and for how long. */
final class Eligibility {
    private Eligibility() {}

    /** Why a word that was given does not count for a rule; empty: it counts. */
    static Optional<Hindrance> of(AskedRule asked, ApprovalCase promotion, Approval word) {
        return of(asked, promotion, word.getApprover(), word.getGroupsList())
                .or(() -> age(asked, promotion, word));
    }

    /**
     * Why the word of an account would not count.
     *
     * @param then the groups that it was in when it spoke
     */
    static Optional<Hindrance> of(
            AskedRule asked, ApprovalCase promotion, String account, Collection<String> then) {
        People people = promotion.people();
        return people.hindrance(account)
                .map(why -> new Hindrance(Hindrance.Kind.GONE, why))
                .or(() -> human(asked, promotion, account))
                .or(() -> membership(asked, people, account, then));
    }

    /** Whether an account is asked for by this part of a rule, then and now. */
    static boolean asks(
            ApprovalQuorum quorum, People people, String account, Collection<String> then) {
        return member(quorum, people, account, then)
                && member(quorum, people, account, people.groups(account, then));
    }

    private static boolean member(
            ApprovalQuorum quorum, People people, String account, Collection<String> in) {
        return people.asked(account, in, quorum.getGroupsList(), quorum.getPeopleList());
    }

    private static Optional<Hindrance> human(
            AskedRule asked, ApprovalCase promotion, String account) {
        People people = promotion.people();
        if (!asked.rule().getAllowRequester() && people.same(account, promotion.requester())) {
            return told(
                    Hindrance.Kind.REQUESTER,
                    account.equals(promotion.requester())
                            ? "asked for this promotion"
                            : "is the same person as %s, who asked for this promotion"
                                    .formatted(promotion.requester()));
        }
        if (asked.rule().getExcludeAuthor() && people.same(account, promotion.author())) {
            return told(Hindrance.Kind.EXCLUDED, "made the release");
        }
        if (asked.rule().getExcludeEditor() && people.same(account, asked.editor())) {
            return told(
                    Hindrance.Kind.EXCLUDED,
                    "was the last to change the policy of " + asked.name());
        }
        return Optional.empty();
    }

    private static Optional<Hindrance> membership(
            AskedRule asked, People people, String account, Collection<String> then) {
        if (asked.quorums().stream().anyMatch(one -> asks(one, people, account, then))) {
            return Optional.empty();
        }
        boolean asks = asked.quorums().stream().anyMatch(one -> member(one, people, account, then));
        if (asks) {
            Set<String> left = new TreeSet<>(then);
            left.removeAll(people.groups(account, then));
            return told(
                    Hindrance.Kind.LEFT,
                    "is no longer in " + String.join(", ", left) + ", as it was when it spoke");
        }
        return told(
                Hindrance.Kind.NOT_ASKED,
                people.automation(account)
                        ? "is a program's account, which rules have to name in people"
                        : "is not among those who are asked");
    }

    private static Optional<Hindrance> age(AskedRule asked, ApprovalCase promotion, Approval word) {
        if (!asked.rule().hasValidFor()) {
            return Optional.empty();
        }
        Instant end =
                Instant.ofEpochMilli(
                        Timestamps.toMillis(word.getCreateTime())
                                + Durations.toMillis(asked.rule().getValidFor()));
        return end.isAfter(promotion.now())
                ? Optional.empty()
                : told(
                        Hindrance.Kind.EXPIRED,
                        "spoke longer ago than %s counts, which ended at %s"
                                .formatted(Durations.toString(asked.rule().getValidFor()), end));
    }

    private static Optional<Hindrance> told(Hindrance.Kind kind, String text) {
        return Optional.of(new Hindrance(kind, text));
    }
}
