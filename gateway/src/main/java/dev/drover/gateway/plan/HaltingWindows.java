package dev.drover.gateway.plan;

import dev.drover.v1.Enforcement;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.WindowRule;
import java.util.List;
import java.util.stream.Stream;

/** Tells in a plan which windows halt the rollout when they close. */
final class HaltingWindows {
    private HaltingWindows() {}

    static List<String> steps(List<Policy> policies) {
        return policies.stream()
                .flatMap(policy ->
                        policy.getRulesList().stream()
                                .filter(HaltingWindows::halts)
                                .map(rule -> policy.getName() + "/rules/" + rule.getId()))
                .map(rule ->
                        "where %s closes meanwhile: stand still until it opens; Nomad's progress deadline goes on"
                                .formatted(rule))
                .toList();
    }

    private static boolean halts(Rule rule) {
        return rule.getWindow().getAtClose() == WindowRule.AtClose.HALT
                && Stream.of(Enforcement.ENFORCE, Enforcement.ENFORCEMENT_UNSPECIFIED)
                        .anyMatch(rule.getEnforcement()::equals);
    }
}
