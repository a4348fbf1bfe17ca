package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.policy.Inspection.Part;
import dev.drover.v1.PolicyInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectionTest {

    private static List<String> parts(String expression) {
        return EvaluationTest.compile(expression).inspect(Inputs.shopToProd()).parts().stream()
                .map(InspectionTest::told)
                .toList();
    }

    private static String told(Part part) {
        String sides = (part.seenTrue() ? "T" : "") + (part.seenFalse() ? "F" : "");
        return "  ".repeat(part.depth())
                + part.column()
                + " "
                + part.text()
                + (part.seen() ? " = " + part.value() : " unseen")
                + (part.condition() ? " " + sides : "");
    }

    @Test
    void allPartsHaveTheirValuesInOrder() {
        assertThat(parts("plan.canaries == 1 && !(\"x\" in release.labels)"))
                .containsExactly(
                        "20 plan.canaries == 1 && !(\"x\" in release.labels) = true T",
                        "  15 plan.canaries == 1 = true T",
                        "    5 plan.canaries = 1",
                        "  23 !(\"x\" in release.labels) = true T",
                        "    29 \"x\" in release.labels = false F",
                        "      39 release.labels = {\"team\": \"shop\"}");
    }

    @Test
    void conditionsOfLoopsAreSeenFromBothSides() {
        assertThat(parts("plan.images.exists(i, i.tag == \"latest\")"))
                .contains("  29 i.tag == \"latest\" = true TF");
        assertThat(parts("plan.images.filter(i, i.tag == \"3\").map(i, i.tag + \"!\").size() == 1"))
                .contains("        29 i.tag == \"3\" = true TF")
                .anyMatch(part -> part.endsWith(" i.tag + \"!\" = \"3!\""))
                .noneMatch(part -> part.contains("@"));
    }

    @Test
    void whatIsNotEvaluatedIsUnseen() {
        assertThat(parts("plan.tasks.all(t, t.cpu > 0)")).contains("  25 t.cpu > 0 unseen ");
    }

    @Test
    void severalLooksAreOne() {
        CompiledExpression expression = EvaluationTest.compile("plan.place == 0");
        Part zero = expression.inspect(PolicyInput.getDefaultInstance()).parts().getFirst();
        PolicyInput.Builder one = PolicyInput.newBuilder();
        one.getPlanBuilder().setPlace(1);
        Part both = zero.and(expression.inspect(one.build()).parts().getFirst());

        assertThat(both.seenTrue()).isTrue();
        assertThat(both.seenFalse()).isTrue();
        assertThat(both.value()).isEqualTo("false");
    }

    @Test
    void outcomeIsThatOfAnEvaluation() {
        for (String expression :
                List.of(
                        "plan.images.all(i, i.tag != \"latest\") && plan.canaries == 1",
                        "release.labels[\"none\"] == \"\"",
                        "\"a\".matches(\"a\")")) {
            CompiledExpression compiled = EvaluationTest.compile(expression);
            assertThat(compiled.inspect(Inputs.shopToProd()).outcome())
                    .isEqualTo(compiled.evaluate(Inputs.shopToProd()));
        }
    }
}
