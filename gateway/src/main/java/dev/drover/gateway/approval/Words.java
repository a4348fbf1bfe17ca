package dev.drover.gateway.approval;

import com.google.protobuf.util.Timestamps;
import dev.drover.v1.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What becomes of words that were given, when what they stood on changes. */
public final class Words {
    private Words() {}

    /** The same words; those on another plan than this one do not count any more. */
    public static List<Approval> voided(List<Approval> words, String planDigest, Instant now) {
        return each(
                words,
                word ->
                        word.getState() == Approval.State.APPROVED
                                && !word.getPlanDigest().equals(planDigest),
                word -> ended(word, Approval.State.VOIDED, "approved another plan", now));
    }

    /**
     * The same words; those that count for no rule any more are void or expired for good: who is
     * asked for again has to look again.
     */
    public static List<Approval> looked(ApprovalCase promotion) {
        if (promotion.rules().isEmpty()) {
            return promotion.approvals();
        }
        return promotion.approvals().stream()
                .map(word ->
                        promotion.standing().contains(word)
                                ? lost(promotion, word)
                                        .map(why ->
                                                ended(
                                                        word,
                                                        state(why),
                                                        why.text(),
                                                        promotion.now()))
                                        .orElse(word)
                                : word)
                .toList();
    }

    /** The same words; this person's are taken back. */
    public static List<Approval> withdrawn(ApprovalCase promotion, String account, String why) {
        return each(
                promotion.approvals(),
                word ->
                        (word.getState() == Approval.State.APPROVED
                                        || word.getState() == Approval.State.REJECTED)
                                && word.getPlanDigest().equals(promotion.planDigest())
                                && promotion.people().same(word.getApprover(), account),
                word -> ended(word, Approval.State.WITHDRAWN, why, promotion.now()));
    }

    private static Approval.State state(Hindrance why) {
        return why.kind() == Hindrance.Kind.EXPIRED
                ? Approval.State.EXPIRED
                : Approval.State.VOIDED;
    }

    /** Why it counts for no rule; of several reasons the one that is not about somebody else. */
    private static Optional<Hindrance> lost(ApprovalCase promotion, Approval word) {
        List<Optional<Hindrance>> reasons =
                promotion.rules().stream()
                        .map(asked -> Eligibility.of(asked, promotion, word))
                        .toList();
        if (reasons.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Hindrance> all = reasons.stream().flatMap(Optional::stream).toList();
        return all.stream()
                .filter(why -> why.kind() != Hindrance.Kind.NOT_ASKED)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private static List<Approval> each(
            List<Approval> words, Predicate<Approval> which, UnaryOperator<Approval> change) {
        return words.stream().map(word -> which.test(word) ? change.apply(word) : word).toList();
    }

    private static Approval ended(Approval word, Approval.State state, String why, Instant now) {
        return word.toBuilder()
                .setState(state)
                .setVoidReason(why)
                .setVoidTime(Timestamps.fromMillis(now.toEpochMilli()))
                .build();
    }
}
