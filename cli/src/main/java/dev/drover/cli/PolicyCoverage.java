package dev.drover.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import dev.drover.policy.CompiledExpression;
import dev.drover.policy.Inspection;
import dev.drover.policy.Outcome;
import dev.drover.policy.PolicyLanguage;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which parts of the expressions of policies some tests have evaluated. A condition is covered once
 * it was true and once it was false, any other part once it had a value.
 */
final class PolicyCoverage {

    /** An expression in the field of a rule. */
    private record Place(String rule, String field) {}

    /**
     * A part that is not covered.
     *
     * @param missing what no test has seen, as a sentence that the part begins
     */
    record Gap(String rule, String field, Inspection.Part part, String missing) {}

    private final PolicyLanguage language = new PolicyLanguage();
    private final Map<Place, CompiledExpression> expressions = new LinkedHashMap<>();
    private final Map<Place, List<Inspection.Part>> seen = new LinkedHashMap<>();

    /** Counts a policy's expressions, whether or not a test evaluates them. */
    void add(Policy policy) {
        for (Rule rule : policy.getRulesList()) {
            String name = name(policy, rule);
            ExpressionRule expression = rule.getExpression();
            if (!expression.getExpression().isEmpty()) {
                add(
                        new Place(name, "expression"),
                        expression.getExpression(),
                        ExpressionResult.BOOL);
            }
            if (!expression.getMessage().isEmpty()) {
                add(new Place(name, "message"), expression.getMessage(), ExpressionResult.STRING);
            }
        }
    }

    private void add(Place place, String text, ExpressionResult result) {
        language.compile(text, result)
                .compiled()
                .ifPresent(compiled -> {
                    expressions.put(place, compiled);
                    seen.computeIfAbsent(place, key -> compiled.parts());
                });
    }

    /** Evaluates the rules of a policy as the gate does: a message only where it is told. */
    void evaluate(Policy policy, PolicyInput input) {
        for (Rule rule : policy.getRulesList()) {
            String name = name(policy, rule);
            Optional<Outcome> outcome = evaluate(new Place(name, "expression"), input);
            if (outcome.isPresent()
                    && outcome.get() instanceof Outcome.Truth truth
                    && !truth.value()) {
                evaluate(new Place(name, "message"), input);
            }
        }
    }

    private Optional<Outcome> evaluate(Place place, Message input) {
        CompiledExpression expression = expressions.get(place);
        if (expression == null) {
            return Optional.empty();
        }
        Inspection inspection = expression.inspect(input);
        seen.merge(place, inspection.parts(), PolicyCoverage::together);
        return Optional.of(inspection.outcome());
    }

    private static List<Inspection.Part> together(
            List<Inspection.Part> before, List<Inspection.Part> now) {
        List<Inspection.Part> all = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            all.add(before.get(i).and(now.get(i)));
        }
        return all;
    }

    private static String name(Policy policy, Rule rule) {
        return policy.getName() + "/rules/" + rule.getId();
    }

    /** How many outcomes there are: two of each condition, one of each other part. */
    int outcomes() {
        return seen.values().stream()
                .flatMap(List::stream)
                .mapToInt(part -> part.condition() ? 2 : 1)
                .sum();
    }

    int covered() {
        return seen.values().stream().flatMap(List::stream).mapToInt(PolicyCoverage::covered).sum();
    }

    private static int covered(Inspection.Part part) {
        if (!part.condition()) {
            return part.seen() ? 1 : 0;
        }
        return (part.seenTrue() ? 1 : 0) + (part.seenFalse() ? 1 : 0);
    }

    /** What is not covered; of a part that was never evaluated not also what is in it. */
    List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        seen.forEach((place, parts) -> {
            int within = Integer.MAX_VALUE;
            for (Inspection.Part part : parts) {
                if (part.depth() <= within) {
                    within = part.seen() ? Integer.MAX_VALUE : part.depth();
                    missing(part)
                            .ifPresent(missing ->
                                    gaps.add(new Gap(place.rule(), place.field(), part, missing)));
                }
            }
        });
        return gaps;
    }

    private static Optional<String> missing(Inspection.Part part) {
        if (!part.seen()) {
            return Optional.of("was never evaluated");
        }
        if (!part.condition() || part.seenTrue() == part.seenFalse()) {
            return Optional.empty();
        }
        return Optional.of(part.seenTrue() ? "was never false" : "was never true");
    }

    /** All of it, for programs. */
    void print(ObjectNode json) {
        json.put("outcomes", outcomes()).put("covered", covered());
        ArrayNode gaps = json.putArray("gaps");
        gaps().forEach(gap ->
                gaps.addObject()
                        .put("rule", gap.rule())
                        .put("field", gap.field())
                        .put("line", gap.part().line())
                        .put("column", gap.part().column())
                        .put("part", gap.part().text())
                        .put("missing", gap.missing()));
    }
}
