package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.v1.BacktestFinding;
import dev.drover.v1.BacktestPolicyResponse;
import dev.drover.v1.LostGuard;
import dev.drover.v1.LostGuard.Certainty;
import dev.drover.v1.LostGuard.Change;
import dev.drover.v1.Policy;
import dev.drover.v1.PreviewPolicyResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a change of a policy would do to what is there, and would have done to what was. */
final class Previews {
    private final Lookup lookup;
    private final Backtest backtest;
    private final Weakenings weakenings;

    Previews(Lookup lookup, Backtest backtest, Weakenings weakenings) {
        this.lookup = lookup;
        this.backtest = backtest;
        this.weakenings = weakenings;
    }

    /**
     * The preview.
     *
     * @param before the policy as it is; empty: there is none
     * @param after as it would be; empty: it is deleted
     * @param most how many promotions of each environment the back-test looks at
     */
    PreviewPolicyResponse preview(
            String name, Optional<Policy> before, Optional<Policy> after, int most)
            throws InterruptedException {
        GuardedPlaces places = GuardedPlaces.of(lookup);
        Set<String> environments = new TreeSet<>(places.of(before));
        environments.addAll(places.of(after));
        BacktestPolicyResponse past =
                backtest.run(
                        new Backtest.Question(
                                name,
                                after,
                                new Backtest.Scope(environments, Instant.MIN, Instant.MAX, most)),
                        judged -> {});
        List<LostGuard> lost =
                before.map(policy -> lost(policy, after, places, past)).orElse(List.of());
        PreviewPolicyResponse.Builder answer =
                PreviewPolicyResponse.newBuilder()
                        .setBacktest(past)
                        .addAllLostGuards(lost)
                        .addAllOpenEnvironments(opened(name, after, places));
        return answer.addAllWarnings(PreviewText.of(answer)).build();
    }

    private List<LostGuard> lost(
            Policy before,
            Optional<Policy> after,
            GuardedPlaces places,
            BacktestPolicyResponse past) {
        Set<String> guarded = places.of(Optional.of(before));
        List<LostGuard> lost = new ArrayList<>();
        Set<String> gone = places.lost(before, after);
        boolean guards = before.getRulesList().stream().anyMatch(Weakenings::guards);
        if (after.isPresent() && guards && !gone.isEmpty()) {
            lost.add(
                    LostGuard.newBuilder()
                            .setChange(Change.SELECTOR_NARROWED)
                            .setCertainty(Certainty.CERTAIN)
                            .setDescription("is not selected any more")
                            .addAllEnvironments(gone)
                            .build());
        }
        for (LostGuard guard : weakenings.between(before, after)) {
            boolean shown =
                    guard.getCertainty() == Certainty.UNKNOWN
                            && past.getFindingsList().stream()
                                    .filter(one ->
                                            one.getEffect() == BacktestFinding.Effect.NEWLY_ALLOWED)
                                    .anyMatch(one -> one.getRule().equals(guard.getRule()));
            lost.add(
                    guard.toBuilder()
                            .setCertainty(
                                    shown ? Certainty.SHOWN_BY_BACKTEST : guard.getCertainty())
                            .addAllEnvironments(guarded)
                            .build());
        }
        return lost;
    }

    /** What one policy at least guarded before, and none does after. */
    private Set<String> opened(String name, Optional<Policy> after, GuardedPlaces places) {
        List<Policy> now = lookup.list(Policy.class, "").stream().map(Versioned::message).toList();
        List<Policy> then = new ArrayList<>(now);
        then.removeIf(one -> one.getName().equals(name));
        after.ifPresent(then::add);
        Set<String> open = new TreeSet<>(places.open(then));
        open.removeAll(places.open(now));
        return open;
    }
}
