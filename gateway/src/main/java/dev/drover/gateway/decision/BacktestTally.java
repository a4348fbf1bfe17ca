package dev.drover.gateway.decision;

import dev.drover.v1.BacktestCounts;
import dev.drover.v1.BacktestFinding;
import dev.drover.v1.BacktestPolicyResponse;
import dev.drover.v1.EnvironmentBacktest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Adds up what a back-test finds. */
final class BacktestTally {
    private static final int FINDINGS_MAX = 1000;

    private final int most;
    private final BacktestCounts.Builder total = BacktestCounts.newBuilder();
    private final Map<String, BacktestCounts.Builder> environments = new TreeMap<>();
    private final List<BacktestFinding> findings = new ArrayList<>();

    /**
     * @param most how many promotions of each environment
     */
    BacktestTally(int most) {
        this.most = most;
    }

    boolean hasRoom(String environment) {
        BacktestCounts.Builder counts = environments.get(environment);
        return counts == null || counts.getPromotions() < most;
    }

    long promotions() {
        return total.getPromotions();
    }

    void add(String environment, int decisions, Optional<BacktestFinding> finding) {
        count(total, decisions, finding);
        count(
                environments.computeIfAbsent(environment, name -> BacktestCounts.newBuilder()),
                decisions,
                finding);
        if (findings.size() < FINDINGS_MAX) {
            finding.ifPresent(findings::add);
        }
    }

    private static void count(
            BacktestCounts.Builder counts, int decisions, Optional<BacktestFinding> finding) {
        counts.setPromotions(counts.getPromotions() + 1)
                .setDecisions(counts.getDecisions() + decisions);
        if (finding.isEmpty()) {
            return;
        }
        switch (finding.get().getEffect()) {
            case NEWLY_BLOCKED -> counts.setNewlyBlocked(counts.getNewlyBlocked() + 1);
            case NEWLY_ALLOWED -> counts.setNewlyAllowed(counts.getNewlyAllowed() + 1);
            case CHANGED_APPROVERS -> counts.setChangedApprovers(counts.getChangedApprovers() + 1);
            case ERROR -> counts.setErrors(counts.getErrors() + 1);
            case EFFECT_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    BacktestPolicyResponse answer(boolean incomplete) {
        BacktestPolicyResponse.Builder answer =
                BacktestPolicyResponse.newBuilder()
                        .setTotal(total)
                        .addAllFindings(findings)
                        .setIncomplete(incomplete);
        environments.forEach((name, counts) ->
                answer.addEnvironments(
                        EnvironmentBacktest.newBuilder().setEnvironment(name).setCounts(counts)));
        return answer.build();
    }
}
