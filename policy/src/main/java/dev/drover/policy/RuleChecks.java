package dev.drover.policy;

import com.google.protobuf.Duration;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rules of a policy must meet beyond their annotations. */
final class RuleChecks {

    private static final long LONGEST_SECONDS = 366 * 86_400;

    private RuleChecks() {}

    static List<FieldProblem> check(Policy policy) {
        List<FieldProblem> problems = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < policy.getRulesCount(); i++) {
            Rule rule = policy.getRules(i);
            String path = "rules[" + i + "]";
            @Nullable Integer first = seen.putIfAbsent(rule.getId(), i);
            if (first != null && !rule.getId().isEmpty()) {
                problems.add(
                        FieldProblem.of(
                                path + ".id",
                                "\""
                                        + rule.getId()
                                        + "\" is already the id of rules["
                                        + first
                                        + "]"));
            }
            if (rule.getKindCase() == Rule.KindCase.KIND_NOT_SET) {
                problems.add(
                        FieldProblem.of(
                                path,
                                "needs one of expression, approval, window, soak and verification"));
            }
            problems.addAll(FastTrackChecks.check(path + ".fast_track", rule.getFastTrack()));
            if (rule.hasSoak()) {
                positive(path + ".soak.duration", rule.getSoak().getDuration(), problems);
            }
            if (rule.hasVerification() && rule.getVerification().hasMaxAge()) {
                positive(
                        path + ".verification.max_age",
                        rule.getVerification().getMaxAge(),
                        problems);
            }
            if (rule.hasApproval()) {
                problems.addAll(ApprovalChecks.check(path + ".approval", rule.getApproval()));
            }
            if (rule.hasWindow()) {
                problems.addAll(
                        WindowChecks.check(
                                path + ".window", rule.getWindow(), rule.getEnforcement()));
            }
        }
        return problems;
    }

    static void positive(String path, Duration duration, List<FieldProblem> problems) {
        boolean positive = duration.getSeconds() > 0 || duration.getNanos() > 0;
        if (!positive || duration.getSeconds() > LONGEST_SECONDS) {
            problems.add(
                    FieldProblem.of(path, "must be longer than nothing, and at most 366 days"));
        }
    }
}
