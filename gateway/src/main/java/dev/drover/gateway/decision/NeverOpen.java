package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.policy.window.OpenTimes;
import dev.drover.policy.window.WindowSyntax;
import dev.drover.v1.Calendar;
import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Rule;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Warns where a policy, with those that are there, leaves no time for a release at all. */
final class NeverOpen {

    /** Places with the same policies are looked at once; so many different ones are enough. */
    private static final int LOOKED_AT_MAX = 20;

    private static final PromotionFacts RELEASE =
            PromotionFacts.newBuilder().setKind(Promotion.Kind.RELEASE.name()).build();

    private final Baseline baseline;
    private final WindowRules windows;

    NeverOpen(Lookup lookup) {
        this.baseline = new Baseline(lookup);
        this.windows =
                new WindowRules(names ->
                        names.stream()
                                .map(name -> lookup.get(Calendar.class, name).message())
                                .toList());
    }

    /**
     * One sentence for each environment in which nothing is open, with the fewest rules that
     * suffice for that.
     *
     * @param policy as it would be
     * @param targets what it guards
     */
    List<String> warnings(Policy policy, List<SelectedPolicies.Target> targets, Instant now) {
        if (policy.getRulesList().stream().noneMatch(rule -> counts(rule))
                || !SelectedPolicies.selects(policy.getSelector(), RELEASE.getKind())) {
            return List.of();
        }
        List<Policy> policies =
                Stream.concat(
                                baseline.policies().stream()
                                        .map(Versioned::message)
                                        .filter(one -> !one.getName().equals(policy.getName())),
                                Stream.of(policy))
                        .toList();
        List<String> warnings = new ArrayList<>();
        Set<List<String>> looked = new HashSet<>();
        for (SelectedPolicies.Target target : targets) {
            SelectedPolicies.Target release =
                    new SelectedPolicies.Target(
                            target.project(),
                            target.environment(),
                            target.application(),
                            RELEASE.getKind());
            List<Policy> guarding = SelectedPolicies.of(policies, release);
            if (looked.size() < LOOKED_AT_MAX
                    && looked.add(guarding.stream().map(Policy::getName).toList())) {
                String why = new EffectiveWindows(times(guarding)).neverOpen(now);
                if (!why.isEmpty()) {
                    warnings.add(target.environment().getName() + ": " + why);
                }
            }
        }
        return warnings;
    }

    private Map<String, OpenTimes> times(List<Policy> policies) {
        Map<String, OpenTimes> times = new TreeMap<>();
        for (Policy policy : policies) {
            for (Rule rule : policy.getRulesList()) {
                if (counts(rule)) {
                    times.put(Rules.name(policy, rule), read(rule));
                }
            }
        }
        return times;
    }

    private static boolean counts(Rule rule) {
        return rule.hasWindow()
                && Rules.enforced(rule)
                && WindowRules.concerns(rule.getWindow(), RELEASE);
    }

    /** What cannot be read is closed, as the gate has it. */
    private OpenTimes read(Rule rule) {
        try {
            return windows.read(rule.getWindow()).open();
        } catch (WindowSyntax | DateTimeException e) {
            return new OpenTimes.Within(List.of());
        }
    }
}
