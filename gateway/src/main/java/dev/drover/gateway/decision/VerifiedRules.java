package dev.drover.gateway.decision;

import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import dev.drover.v1.VerificationRule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges by what was measured of a release in the stages before. */
final class VerifiedRules {

    private VerifiedRules() {}

    static RuleVerdict judge(
            Policy policy, Rule rule, GateRequest request, Map<String, ReleaseHistory> history) {
        if (!request.asked().getKind().equals(Promotion.Kind.RELEASE.name())) {
            return Rules.of(policy, rule, Verdict.ALLOW)
                    .setMessage("holds for releases only")
                    .build();
        }
        Map<String, String> missing = new LinkedHashMap<>();
        for (StageBefore stage : StageBefore.of(request.nouns())) {
            Map<String, String> unmet = new LinkedHashMap<>();
            for (String environment : stage.environments()) {
                String why =
                        why(
                                rule.getVerification(),
                                history.getOrDefault(environment, ReleaseHistory.NONE),
                                request.now());
                if (!why.isEmpty()) {
                    unmet.put(environment, why);
                }
            }
            boolean met =
                    stage.one() ? unmet.size() < stage.environments().size() : unmet.isEmpty();
            if (!met) {
                missing.putAll(unmet);
            }
        }
        if (missing.isEmpty()) {
            return Rules.of(policy, rule, Verdict.ALLOW)
                    .setMessage(
                            String.join(", ", rule.getVerification().getVerificationsList())
                                    + " passed in the stages before")
                    .build();
        }
        List<String> told =
                missing.entrySet().stream()
                        .map(one -> one.getValue() + " in " + one.getKey())
                        .toList();
        return Rules.of(policy, rule, Verdict.DENY)
                .setCode("RELEASE_NOT_VERIFIED_BEFORE")
                .setMessage(String.join("; ", told) + "; promote the release there again")
                .putAllValues(missing)
                .addAllUnblockedBy(
                        Rules.makers(
                                request.nouns().application().getOwnersList(),
                                request.nouns().release().getAuthor()))
                .build();
    }

    private static String why(VerificationRule rule, ReleaseHistory past, Instant now) {
        if (past.successTime().isEmpty()) {
            return "the release has not succeeded";
        }
        for (String id : rule.getVerificationsList()) {
            String verdict = past.verifications().getOrDefault(id, "");
            boolean passed =
                    verdict.equals("PASSED")
                            || (verdict.equals("ACCEPTED") && !rule.getPassedOnly());
            if (!passed) {
                return verdict.isEmpty() ? id + " was not measured" : id + " is " + verdict;
            }
        }
        Instant success = past.successTime().get();
        Duration most =
                Duration.ofSeconds(rule.getMaxAge().getSeconds(), rule.getMaxAge().getNanos());
        return rule.hasMaxAge() && success.plus(most).isBefore(now)
                ? "what was measured is older than " + SoakRules.text(most)
                : "";
    }
}
