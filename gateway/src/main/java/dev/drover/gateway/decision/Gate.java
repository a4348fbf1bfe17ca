package dev.drover.gateway.decision;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.CodedOutputStream;
import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.policy.window.OpenTimes;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a promotion may run. All rules are evaluated, those that look only at the
 * promotion before those that look at what happened around it, so that everything that stands in
 * the way is told at once.
 */
public final class Gate {

    private final History history;
    private final ExpressionRules expressions = new ExpressionRules();
    private final WindowRules windows;

    /** A gate that knows what happened before, and the calendars. */
    public Gate(History history, Calendars calendars) {
        this.history = history;
        this.windows = new WindowRules(calendars);
    }

    private record Guard(Policy policy, Rule rule) {
        int order() {
            return switch (rule.getKindCase()) {
                case EXPRESSION -> ExpressionRules.stateful(rule) ? 1 : 0;
                case WINDOW -> 0;
                case SOAK, VERIFICATION -> 1;
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
        verdicts.addAll(policies(request, input, past));
        Verdict strongest = strongest(verdicts);
        Decision.Builder decision = Decision.newBuilder();
        nextEligible(request, strongest, verdicts)
                .map(PolicyInputs::timestamp)
                .ifPresent(decision::setNextEligibleTime);
        return decision.setVerdict(strongest)
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

    private List<RuleVerdict> policies(
            GateRequest request, PolicyInput input, Map<String, ReleaseHistory> past) {
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
                        FastTracks.apply(
                                guard.rule(),
                                judge(guard, request, input, promotion, past),
                                request))
                .toList();
    }

    private RuleVerdict judge(
            Guard guard,
            GateRequest request,
            PolicyInput input,
            ApprovalCase promotion,
            Map<String, ReleaseHistory> past) {
        return switch (guard.rule().getKindCase()) {
            case EXPRESSION -> expressions.judge(guard.policy(), guard.rule(), input);
            case APPROVAL -> ApprovalRules.judge(guard.policy(), guard.rule(), promotion);
            case WINDOW ->
                    windows.judge(guard.policy(), guard.rule(), request.asked(), request.now());
            case SOAK -> SoakRules.judge(guard.policy(), guard.rule(), request, past);
            case VERIFICATION -> VerifiedRules.judge(guard.policy(), guard.rule(), request, past);
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

    private Optional<Instant> nextEligible(
            GateRequest request, Verdict strongest, List<RuleVerdict> verdicts) {
        if (strongest != Verdict.DEFER) {
            return Optional.empty();
        }
        List<RuleVerdict> counting = verdicts.stream().filter(Rules::counts).toList();
        Set<String> names = counting.stream().map(RuleVerdict::getRule).collect(toSet());
        List<OpenTimes> times =
                request.nouns().policies().stream()
                        .flatMap(policy ->
                                policy.getRulesList().stream()
                                        .filter(rule -> names.contains(Rules.name(policy, rule))))
                        .filter(Rule::hasWindow)
                        .map(Rule::getWindow)
                        .filter(rule -> WindowRules.concerns(rule, request.asked()))
                        .map(rule -> windows.read(rule).open())
                        .toList();
        return NextEligible.of(counting, times, request.now());
    }

    private static Verdict strongest(List<RuleVerdict> verdicts) {
        return verdicts.stream()
                .filter(Rules::counts)
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
