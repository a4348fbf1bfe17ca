package dev.drover.gateway.decision;

import static java.util.stream.Collectors.toSet;

import dev.drover.gateway.approval.ApprovalCase;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.policy.window.OpenTimes;
import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** Changes whenever the same input may lead to another decision than before. */
    public static final String EVALUATOR_VERSION = "1";

    private final History history;
    private final Calendars calendars;
    private final ExpressionRules expressions = new ExpressionRules();

    /** A gate that knows what happened before, and the calendars. */
    public Gate(History history, Calendars calendars) {
        this.history = history;
        this.calendars = calendars;
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
     * A case, as every rule sees it.
     *
     * @param past of the release, by environment
     */
    private record Case(
            GateRequest request,
            PolicyInput variables,
            ApprovalCase promotion,
            Map<String, ReleaseHistory> past,
            WindowRules windows) {}

    /**
     * Decides. A rollback is judged by the same rules, and passes those that are not met where
     * their fast track says so; that of the engine passes all that do not declare that they hold
     * it: what ran well before must not be held back by what was asked of a new release.
     *
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE
     */
    public Judgement judge(GateRequest request) {
        PlanNouns nouns = request.nouns();
        Map<String, ReleaseHistory> past = past(nouns);
        DecisionInput input =
                DecisionInputs.of(
                        request,
                        past,
                        history.places(nouns.application().getName(), past.keySet()),
                        calendars);
        String digest = Deterministic.digest(Deterministic.bytes(input));
        return new Judgement(
                decide(input, nouns.policies()).toBuilder().setInputDigest(digest).build(), input);
    }

    /** The same, for those who do not record it. */
    Decision decide(GateRequest request) {
        return judge(request).decision();
    }

    /**
     * The decision that an input leads to, by these policies and nothing else; without the digest
     * of the input. Calendars that the input has not are looked up, which only happens where the
     * policies are not those of the input.
     */
    Decision decide(DecisionInput input, List<Policy> policies) {
        Case sight = sight(input, policies);
        GateRequest request = sight.request();
        List<RuleVerdict> verdicts = new ArrayList<>(BuiltInRules.judge(request, sight.past()));
        verdicts.replaceAll(verdict -> FastTracks.builtIn(verdict, request));
        verdicts.addAll(SuspensionRules.judge(request));
        verdicts.addAll(verdicts(sight, request.nouns().policies()));
        Verdict strongest = strongest(verdicts);
        Decision.Builder decision = Decision.newBuilder();
        nextEligible(sight, strongest, verdicts)
                .map(PolicyInputs::timestamp)
                .ifPresent(decision::setNextEligibleTime);
        return decision.setVerdict(strongest)
                .addAllRules(verdicts)
                .setPlanDigest(input.getPlanDigest())
                .setEvaluateTime(input.getVariables().getNow())
                .build();
    }

    /**
     * What the rules of one policy say of an input.
     *
     * @param policies that one, and the others that guard it
     */
    List<RuleVerdict> verdicts(DecisionInput input, List<Policy> policies, String policy) {
        Case sight = sight(input, policies);
        return verdicts(
                sight,
                sight.request().nouns().policies().stream()
                        .filter(one -> one.getName().equals(policy))
                        .toList());
    }

    /** Whether a policy guards a promotion. */
    static boolean selects(Policy policy, DecisionInput input) {
        return SelectedPolicies.selects(
                policy.getSelector(),
                new SelectedPolicies.Target(
                        DecisionInputs.project(input),
                        input.getEnvironment(),
                        input.getApplication(),
                        input.getVariables().getPromotion().getKind()));
    }

    private Case sight(DecisionInput input, List<Policy> policies) {
        GateRequest request = DecisionInputs.request(input, policies);
        return new Case(
                request,
                input.getVariables(),
                ApprovalCases.of(request),
                DecisionInputs.past(input),
                new WindowRules(DecisionInputs.calendars(input, calendars)));
    }

    private List<RuleVerdict> verdicts(Case sight, List<Policy> policies) {
        return policies.stream()
                .flatMap(policy ->
                        policy.getRulesList().stream().map(rule -> new Guard(policy, rule)))
                .sorted(Comparator.comparingInt(Guard::order))
                .map(guard -> FastTracks.apply(guard.rule(), judge(guard, sight), sight.request()))
                .toList();
    }

    private RuleVerdict judge(Guard guard, Case sight) {
        Policy policy = guard.policy();
        Rule rule = guard.rule();
        GateRequest request = sight.request();
        return switch (rule.getKindCase()) {
            case EXPRESSION -> expressions.judge(policy, rule, sight.variables());
            case APPROVAL -> ApprovalRules.judge(policy, rule, sight.promotion());
            case WINDOW -> sight.windows().judge(policy, rule, request.asked(), request.now());
            case SOAK -> SoakRules.judge(policy, rule, request, sight.past());
            case VERIFICATION -> VerifiedRules.judge(policy, rule, request, sight.past());
            case KIND_NOT_SET ->
                    Rules.of(policy, rule, Verdict.DENY)
                            .setCode("RULE_UNKNOWN")
                            .setMessage(
                                    "this gateway does not know what the rule asks for, which counts as a no")
                            .build();
        };
    }

    /** Every environment of the pipeline, so that no expression stumbles over a missing one. */
    private Map<String, ReleaseHistory> past(PlanNouns nouns) {
        List<String> environments = DecisionInputs.environments(nouns.pipeline());
        Map<String, ReleaseHistory> known = history.of(nouns.release().getName(), environments);
        Map<String, ReleaseHistory> all = new LinkedHashMap<>();
        environments.forEach(name -> all.put(name, known.getOrDefault(name, ReleaseHistory.NONE)));
        return all;
    }

    private static Optional<Instant> nextEligible(
            Case sight, Verdict strongest, List<RuleVerdict> verdicts) {
        GateRequest request = sight.request();
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
                        .map(rule -> sight.windows().read(rule).open())
                        .toList();
        return NextEligible.of(counting, times, request.now());
    }

    static Verdict strongest(List<RuleVerdict> verdicts) {
        Verdict strongest = decisive(verdicts).getVerdict();
        return strongest == Verdict.VERDICT_UNSPECIFIED ? Verdict.ALLOW : strongest;
    }

    /** The verdict that decides among these; an empty one where none counts. */
    static RuleVerdict decisive(List<RuleVerdict> verdicts) {
        return verdicts.stream()
                .filter(Rules::counts)
                .max(Comparator.comparingInt(RuleVerdict::getVerdictValue))
                .orElse(RuleVerdict.getDefaultInstance());
    }
}
