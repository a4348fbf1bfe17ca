package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PolicyInput;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    plan.destructive_updates <= 10                          | false
                    plan.destructive_updates > 10.5                         | true
                    environment.labels.tier == "prod"                       | true
                    environment.labels["tier"] in ["prod", "pre"]           | true
                    plan.images.all(i, i.tag != "latest")                   | false
                    plan.images.exists_one(i, i.tag == "latest")            | true
                    history.environments["staging"].soaked < duration("2h") | true
                    release.age > duration("24h")                           | true
                    "staging" in history.environments                       | true
                    now.getDayOfWeek("Europe/Berlin") == 5                  | true
                    now.getHours("Europe/Berlin") == 15                     | true
                    now > timestamp("2026-11-20T00:00:00Z")                 | true
                    release.version.matches(r"^1[.]\\d+[.]0$")              | true
                    has(release.labels.team)                                | true
                    has(release.labels.owner)                               | false
                    "admins" in promotion.requester_groups                  | false
                    plan.images.map(i, i.tag).join(",") == "1.1.0,latest,3" | true
                    release.author.split("/")[1].upperAscii() == "CI"       | true
                    """)
    void conditionsHaveTheirOutcome(String expression, boolean expected) {
        assertThat(evaluate(expression))
                .isInstanceOfSatisfying(
                        Outcome.Truth.class,
                        truth -> assertThat(truth.value()).isEqualTo(expected));
    }

    @Test
    void messagesAreText() {
        Compilation message =
                new PolicyLanguage()
                        .compile(
                                "\"too many: \" + string(plan.destructive_updates)",
                                ExpressionResult.STRING);

        assertThat(message.compiled().orElseThrow().evaluate(Inputs.shopToProd()))
                .isEqualTo(new Outcome.Text("too many: 12"));
    }

    @Test
    void partsThatAreFalseAreToldWithTheirOperands() {
        assertThat(
                        values(
                                "plan.destructive_updates <= 10 && plan.canaries == 1 && !plan.drivers.exists(d, d == \"docker\")"))
                .containsExactly(
                        entry("plan.destructive_updates <= 10", "false"),
                        entry("plan.destructive_updates", "12"),
                        entry("plan.drivers.exists(d, d == \"docker\")", "true"),
                        entry("d", "\"docker\""),
                        entry("d == \"docker\"", "true"));
    }

    @Test
    void turnThatEndedALoopIsTold() {
        assertThat(values("plan.images.all(i, i.tag != \"latest\")"))
                .containsEntry(
                        "i",
                        "{reference: \"registry.example/shop/cache:latest\", repository:"
                                + " \"registry.example/shop/cache\", tag: \"latest\"}")
                .containsEntry("i.tag", "\"latest\"");
    }

    @Test
    void missingKeyFailsAndNamesTheMap() {
        assertThat(evaluate("history.environments[\"stage\"].healthy"))
                .isEqualTo(
                        new Outcome.Failed(
                                FailureCode.MISSING_KEY,
                                "`history.environments` has no key \"stage\"; test with `in` before you read it",
                                1,
                                21));
    }

    @Test
    void emptyInputIsNoException() {
        assertThat(
                        compile("release.version == \"\" && plan.place == 0")
                                .evaluate(PolicyInput.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        Outcome.Truth.class, truth -> assertThat(truth.value()).isTrue());
    }

    static Map<String, String> values(String expression) {
        return ((Outcome.Truth) evaluate(expression)).values();
    }

    static Outcome evaluate(String expression) {
        return compile(expression).evaluate(Inputs.shopToProd());
    }

    static CompiledExpression compile(String expression) {
        Compilation compilation = new PolicyLanguage().compile(expression, ExpressionResult.BOOL);
        assertThat(compilation.problems()).isEmpty();
        return compilation.compiled().orElseThrow();
    }
}
