package dev.drover.policy;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the parts of {@code &&} and {@code ||} that failed: these go on without them, and nothing
 * else tells. The loops {@code all} and {@code exists} are made of them.
 */
final class Failures {

    private final TreeFacts facts;
    private final Set<Long> seen = new HashSet<>();

    Failures(TreeFacts facts) {
        this.facts = facts;
    }

    /** How many parts of the node have no value since it was seen last. */
    int of(CelExpr node) {
        if (facts.parts().contains(node.id())) {
            seen.add(node.id());
        }
        List<Long> parts = facts.partsOf().getOrDefault(node.id(), List.of());
        int failed = 0;
        for (Long part : parts) {
            failed += seen.remove(part) ? 0 : 1;
        }
        return failed;
    }
}
