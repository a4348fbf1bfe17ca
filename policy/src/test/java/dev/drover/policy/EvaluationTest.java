package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.drover.v1.ExpressionResult;
import dev.drover.v1.ImageFacts;
import dev.drover.v1.PlanFacts;
import dev.drover.v1.PolicyInput;
import java.util.List;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    history.environments["stage"].healthy     | MISSING_KEY        | 21 | `history.environments` has no key "stage"; test with `in` before you read it
                    environment.labels.team == ""             | MISSING_KEY        | 19 | `environment.labels` has no key "team"; test with `in` before you read it
                    plan.images[7].tag == ""                  | INDEX_OUT_OF_RANGE | 12 | `plan.images` has no element 7
                    plan.drivers[-1] == ""                    | INDEX_OUT_OF_RANGE | 13 | `plan.drivers` has no element -1
                    plan.place / plan.stop > 0                | DIVISION_BY_ZERO   | 12 | division by zero
                    plan.canaries + 9223372036854775807 > 0   | OVERFLOW           | 15 | a number is too large or too small: long overflow
                    int(release.version) > 0                  | INVALID_ARGUMENT   | 4  | `int(release.version)`: For input string: "1.1.0"
                    release.id.substring(99) == ""            | INVALID_ARGUMENT   | 21 | `release.id.substring(99)`: substring failure: Range [99, 6) out of bounds
                    duration(release.id) > duration("1h")     | INVALID_ARGUMENT   | 9  | `duration(release.id)`: invalid duration format
                    {"a": 1, "a": 2}.size() == 2              | INVALID_ARGUMENT   | 10 | duplicate map key [a]
                    """)
    void failuresAreToldWithTheirPlace(
            String expression, FailureCode code, int column, String message) {
        assertThat(evaluate(expression)).isEqualTo(new Outcome.Failed(code, message, 1, column));
    }

    @Test
    void partThatFailsDoesNotMatterWhereAnotherDecides() {
        assertThat(values("history.environments[\"stage\"].healthy || plan.canaries == 1"))
                .containsExactly(entry("plan.canaries == 1", "true"), entry("plan.canaries", "1"));
        assertThat(evaluate("history.environments[\"stage\"].healthy || plan.canaries == 2"))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void largePlansStayWithinTheLimits() {
        PlanFacts.Builder plan = PlanFacts.newBuilder();
        for (int i = 0; i < 1000; i++) {
            String reference = "registry.example/team-%d/application-%d:1.0.%d".formatted(i, i, i);
            plan.addImages(ImageFacts.newBuilder().setReference(reference).setTag("1.0." + i))
                    .addChangedPaths("TaskGroups[web-%d].Tasks[server].Config[image]".formatted(i));
        }
        PolicyInput input = PolicyInput.newBuilder().setPlan(plan).build();

        assertThat(
                        List.of(
                                "plan.images.all(i, i.tag != \"latest\" && i.reference.matches(r\"^registry[.]example/.+:\\d\"))",
                                "plan.images.filter(i, i.tag == \"\").size() == 0",
                                "plan.changed_paths.map(p, p.split(\".\")[0]).all(p, p.startsWith(\"TaskGroups\"))"))
                .allSatisfy(expression ->
                        assertThat(compile(expression).evaluate(input))
                                .isInstanceOfSatisfying(
                                        Outcome.Truth.class,
                                        truth -> assertThat(truth.value()).isTrue()));
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
