package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.PolicyRevisions;
import dev.drover.v1.BacktestFinding;
import dev.drover.v1.BacktestPolicyResponse;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyReference;
import dev.drover.v1.PolicyRevision;
import dev.drover.v1.RecordedDecision;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Judges past promotions by a candidate. Only the candidate's own rules are evaluated: what all
 * others said is recorded.
 */
final class Backtest {
    static final int SCAN_MAX = 50_000;
    private static final int PAGE = 500;

    private final Gate gate;
    private final DecisionLog log;
    private final PolicyRevisions revisions;
    private final Map<PolicyReference, Optional<Policy>> known = new HashMap<>();

    Backtest(Gate gate, DecisionLog log, PolicyRevisions revisions) {
        this.gate = gate;
        this.log = log;
        this.revisions = revisions;
    }

    /**
     * What to find out.
     *
     * @param policy the name
     * @param candidate what takes its place; empty: nothing does
     */
    record Question(String policy, Optional<Policy> candidate, Scope scope) {}

    /**
     * Which promotions count.
     *
     * @param environments full names; empty: every one
     * @param most how many of each environment
     */
    record Scope(Set<String> environments, Instant from, Instant before, int most) {
        static Scope last(int most) {
            return new Scope(Set.of(), Instant.MIN, Instant.MAX, most);
        }

        private boolean includes(RecordedDecision one) {
            return (environments.isEmpty() || environments.contains(one.getEnvironment()))
                    && time(one).isBefore(before)
                    && !time(one).isBefore(from);
        }

        private static Instant time(RecordedDecision one) {
            return DecisionInputs.instant(one.getDecision().getEvaluateTime());
        }
    }

    /**
     * Judges, the newest first.
     *
     * @param progress hears how many promotions were judged
     * @throws InterruptedException where the thread was told to stop
     */
    BacktestPolicyResponse run(Question question, LongConsumer progress)
            throws InterruptedException {
        BacktestTally tally = new BacktestTally(question.scope().most());
        Set<String> seen = new HashSet<>();
        String place = "";
        int scanned = 0;
        while (scanned < SCAN_MAX) {
            List<RecordedDecision> page = log.older(place, PAGE);
            for (RecordedDecision one : page) {
                if (question.scope().includes(one)
                        && seen.add(one.getPromotion())
                        && tally.hasRoom(one.getEnvironment())) {
                    judge(question, one, tally);
                }
            }
            progress.accept(tally.promotions());
            if (Thread.interrupted()) {
                throw new InterruptedException("the back-test was cancelled");
            }
            if (page.size() < PAGE
                    || Scope.time(page.getLast()).isBefore(question.scope().from())) {
                return tally.answer(false);
            }
            scanned += page.size();
            place = DecisionLog.place(page.getLast());
        }
        return tally.answer(true);
    }

    /** One promotion: its last decision says whether it ran, those before when it was held. */
    private void judge(Question question, RecordedDecision last, BacktestTally tally) {
        List<Tested> tested = new ArrayList<>();
        test(question, last).ifPresent(tested::add);
        if (last.getNumber() > 1) {
            log.after(last.getPromotion(), 0, (int) last.getNumber() - 1).stream()
                    .filter(question.scope()::includes)
                    .flatMap(one -> test(question, one).stream())
                    .forEach(tested::add);
        }
        if (!tested.isEmpty()) {
            tally.add(last.getEnvironment(), tested.size(), finding(question, tested));
        }
    }

    /**
     * A decision, judged.
     *
     * @param before what the policy's rules said
     * @param after what the candidate's say
     */
    private record Tested(
            RecordedDecision recorded,
            DecisionInput input,
            List<RuleVerdict> before,
            List<RuleVerdict> after,
            Verdict verdict) {

        Verdict recordedVerdict() {
            return recorded.getDecision().getVerdict();
        }

        BacktestFinding.Builder finding(
                BacktestFinding.Effect effect, String rule, String message) {
            return BacktestFinding.newBuilder()
                    .setPromotion(recorded.getPromotion())
                    .setDecision(recorded.getNumber())
                    .setEnvironment(recorded.getEnvironment())
                    .setEvaluateTime(recorded.getDecision().getEvaluateTime())
                    .setEffect(effect)
                    .setRule(rule)
                    .setMessage(message)
                    .setRecordedVerdict(recordedVerdict())
                    .setVerdict(verdict);
        }

        BacktestFinding.Builder finding(BacktestFinding.Effect effect, List<RuleVerdict> rules) {
            RuleVerdict decisive = Gate.decisive(rules);
            return finding(effect, decisive.getRule(), decisive.getMessage());
        }
    }

    private Optional<Tested> test(Question question, RecordedDecision recorded) {
        DecisionInput input = DecisionLog.parse(log.input(recorded.getDecision().getInputDigest()));
        boolean guarded =
                recorded.getPoliciesList().stream()
                        .anyMatch(one -> one.getPolicy().equals(question.policy()));
        boolean guards = question.candidate().filter(one -> Gate.selects(one, input)).isPresent();
        if (!guarded && !guards) {
            return Optional.empty();
        }
        String own = question.policy() + "/rules/";
        List<RuleVerdict> before = new ArrayList<>();
        List<RuleVerdict> all = new ArrayList<>();
        for (RuleVerdict verdict : recorded.getDecision().getRulesList()) {
            (verdict.getRule().startsWith(own) ? before : all).add(verdict);
        }
        List<RuleVerdict> after =
                guards
                        ? gate.verdicts(input, context(question, recorded), question.policy())
                        : List.of();
        all.addAll(after);
        return Optional.of(new Tested(recorded, input, before, after, Gate.strongest(all)));
    }

    private Optional<BacktestFinding> finding(Question question, List<Tested> tested) {
        Tested last = tested.getFirst();
        for (Tested one : tested) {
            Optional<RuleVerdict> failed =
                    one.after().stream().filter(verdict -> failed(verdict, one)).findFirst();
            if (failed.isPresent()) {
                return Optional.of(
                        one.finding(BacktestFinding.Effect.ERROR, List.of(failed.get())).build());
            }
        }
        boolean ran = last.recordedVerdict() == Verdict.ALLOW;
        if (ran && (last.verdict() == Verdict.DENY || last.verdict() == Verdict.DEFER)) {
            return Optional.of(
                    last.finding(BacktestFinding.Effect.NEWLY_BLOCKED, last.after()).build());
        }
        for (Tested one : tested) {
            if (one.recordedVerdict() != Verdict.ALLOW && one.verdict() == Verdict.ALLOW) {
                return Optional.of(
                        one.finding(BacktestFinding.Effect.NEWLY_ALLOWED, one.before()).build());
            }
        }
        return approvers(question, last);
    }

    private Optional<BacktestFinding> approvers(Question question, Tested last) {
        Optional<Policy> present =
                last.recorded().getPoliciesList().stream()
                        .filter(one -> one.getPolicy().equals(question.policy()))
                        .findFirst()
                        .flatMap(this::revision);
        Optional<Policy> next = question.candidate().filter(one -> Gate.selects(one, last.input()));
        return ApproverDemand.change(present, next)
                .map(change ->
                        last.finding(
                                        BacktestFinding.Effect.CHANGED_APPROVERS,
                                        change.rule(),
                                        change.message())
                                .build());
    }

    private static boolean failed(RuleVerdict verdict, Tested one) {
        return verdict.getCode().endsWith("_FAILED")
                && one.before().stream()
                        .noneMatch(was ->
                                was.getRule().equals(verdict.getRule())
                                        && was.getCode().equals(verdict.getCode()));
    }

    /** The candidate among the other policies as they were. */
    private List<Policy> context(Question question, RecordedDecision recorded) {
        List<Policy> policies = new ArrayList<>(question.candidate().stream().toList());
        recorded.getPoliciesList().stream()
                .filter(one -> !one.getPolicy().equals(question.policy()))
                .flatMap(one -> revision(one).stream())
                .forEach(policies::add);
        return policies;
    }

    private Optional<Policy> revision(PolicyReference reference) {
        return Objects.requireNonNull(
                known.computeIfAbsent(
                        reference,
                        one ->
                                revisions
                                        .get(one.getPolicy(), one.getRevision())
                                        .map(PolicyRevision::getSnapshot)));
    }
}
