package dev.drover.gateway.decision;

import com.google.protobuf.CodedOutputStream;
import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Decision;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides whether a promotion may run. All rules are evaluated, those that look only at the
 * promotion before those that look at what happened around it, so that everything that stands in
 * the way is told at once.
 */
public final class Gate {

    private final History history;
    private final ExpressionRules expressions = new ExpressionRules();

    /** A gate that knows what happened before. */
    public Gate(History history) {
        this.history = history;
    }

    private record Guard(Policy policy, Rule rule) {
        int order() {
            return switch (rule.getKindCase()) {
                case EXPRESSION -> ExpressionRules.stateful(rule) ? 1 : 0;
                case APPROVAL -> 2;
                case KIND_NOT_SET -> 3;
            };
        }
    }

    /**
     * Decides. A rollback is judged by the same rules, and passes those that are not met where
     * their fast track says so; that of the engine passes all that do not declare that they hold
     * it: what ran well before must not be held back by what was asked of a new release.
     *
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE
     */
    public Decision decide(GateRequest request) {
        Map<String, ReleaseHistory> past = past(request.nouns());
        PolicyInput input =
                PolicyInputs.of(
                        request,
                        past,
                        history.places(request.nouns().application().getName(), past.keySet()));
        List<RuleVerdict> verdicts = new ArrayList<>(BuiltInRules.judge(request, past));
        verdicts.replaceAll(verdict -> FastTracks.builtIn(verdict, request));
        verdicts.addAll(policies(request, input));
        return Decision.newBuilder()
                .setVerdict(strongest(verdicts))
                .addAllRules(verdicts)
                .setPlanDigest(request.plan().getDigest())
                .setEvaluateTime(input.getNow())
                .setInputDigest(digest(input))
                .build();
    }

    /** The approval rules of all policies that guard a promotion. */
    public static List<ApprovalRule> approvalRules(PlanNouns nouns) {
        return nouns.policies().stream()
                .flatMap(policy -> policy.getRulesList().stream())
                .filter(Rule::hasApproval)
                .map(Rule::getApproval)
                .toList();
    }

    private List<RuleVerdict> policies(GateRequest request, PolicyInput input) {
        ApprovalCase promotion =
                new ApprovalCase(
                        request.plan().getDigest(),
                        request.asked().getRequester(),
                        approvalRules(request.nouns()),
                        request.approvals());
        return request.nouns().policies().stream()
                .flatMap(policy ->
                        policy.getRulesList().stream().map(rule -> new Guard(policy, rule)))
                .sorted(Comparator.comparingInt(Guard::order))
                .map(guard ->
                        FastTracks.apply(guard.rule(), judge(guard, input, promotion), request))
                .toList();
    }

    private RuleVerdict judge(Guard guard, PolicyInput input, ApprovalCase promotion) {
        return switch (guard.rule().getKindCase()) {
            case EXPRESSION -> expressions.judge(guard.policy(), guard.rule(), input);
            case APPROVAL -> ApprovalRules.judge(guard.policy(), guard.rule(), promotion);
            case KIND_NOT_SET ->
                    Rules.of(guard.policy(), guard.rule(), Verdict.DENY)
                            .setCode("RULE_UNKNOWN")
                            .setMessage(
                                    "this gateway does not know what the rule asks for, which counts as a no")
                            .build();
        };
    }

    /** Every environment of the pipeline, so that no expression stumbles over a missing one. */
    private Map<String, ReleaseHistory> past(PlanNouns nouns) {
        List<String> environments =
                nouns.pipeline().getStagesList().stream()
                        .flatMap(stage -> stage.getEnvironmentsList().stream())
                        .distinct()
                        .toList();
        Map<String, ReleaseHistory> known = history.of(nouns.release().getName(), environments);
        Map<String, ReleaseHistory> all = new LinkedHashMap<>();
        environments.forEach(name -> all.put(name, known.getOrDefault(name, ReleaseHistory.NONE)));
        return all;
    }

    private static Verdict strongest(List<RuleVerdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.getEnforcement().equals(Rules.ENFORCE))
                .map(RuleVerdict::getVerdict)
                .max(Comparator.comparingInt(Verdict::getNumber))
                .orElse(Verdict.ALLOW);
    }

    private static String digest(PolicyInput input) {
        byte[] bytes = new byte[input.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        // Maps have no order of their own; a replay must come to the same bytes.
        out.useDeterministicSerialization();
        try {
            input.writeTo(out);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
