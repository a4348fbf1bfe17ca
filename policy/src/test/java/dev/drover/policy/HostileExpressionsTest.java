package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ExpressionResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that would take minutes or gigabytes without the limits. */
class HostileExpressionsTest {

    private static final String TEN = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
    private static final String LONG_TEXT =
            "[\"" + "a".repeat(60) + "\"]" + ".map(s, s + s)".repeat(8);
    private static final String FIFTY = "[" + "1, ".repeat(49) + "1]";
    private static final String ROWS = "\"" + "a,".repeat(1200) + "a\".split(\",\")";

    @Test
    void tooLongIsRefused() {
        assertThat(problem("true" + " ".repeat(9000)))
                .isEqualTo("1:1: the expression has 9004 characters; the limit is 8192");
    }

    static Stream<String> deepExpressions() {
        return Stream.of(
                "(".repeat(4000) + "true" + ")".repeat(4000),
                "[".repeat(4000) + "]".repeat(4000) + " == []",
                "true" + " ? true : true".repeat(500),
                "1" + "+1".repeat(4000) + " > 0",
                TEN + ".map(x, x)".repeat(500) + " == []",
                "plan.drivers" + "[0]".repeat(2000) + " == \"\"");
    }

    @ParameterizedTest
    @MethodSource("deepExpressions")
    void tooDeepIsRefused(String expression) {
        assertThat(problem(expression))
                .isEqualTo("1:1: the expression is nested more than 64 levels deep");
    }

    @Test
    void manySignsAreHarmless() {
        assertThat(EvaluationTest.evaluate("!".repeat(4000) + "true"))
                .isInstanceOfSatisfying(
                        Outcome.Truth.class, truth -> assertThat(truth.value()).isTrue());
    }

    static Stream<String> expressionsOfTooMuchWork() {
        return Stream.of(
                // 10^7 turns
                loops(7, "true"),
                // a part that decides does not save the rest
                "(" + loops(7, "true") + ") || true",
                // regular expressions and searches over a long text
                LONG_TEXT + ".all(x, " + FIFTY + ".exists(y, x.matches(\"(a?){140}b\")))",
                LONG_TEXT
                        + ".all(x, "
                        + FIFTY
                        + ".exists(y, x.contains(x.substring(8000) + \"b\")))",
                LONG_TEXT
                        + ".all(x, "
                        + FIFTY
                        + ".exists(y, x.glob(\""
                        + "*a".repeat(240)
                        + "b\")))",
                // a result that grows with every turn
                ROWS + ".map(x, " + ROWS + ").size() == 0",
                // lists of lists that double with every step
                "[[1]]" + ".map(s, [s, s])".repeat(40) + ".size() == 0",
                // lists that are compared element by element
                ROWS + ".all(x, " + ROWS + " == " + ROWS + ")");
    }

    @ParameterizedTest
    @MethodSource("expressionsOfTooMuchWork")
    void tooMuchWorkFails(String expression) {
        assertThat(EvaluationTest.evaluate(expression))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.code()).isEqualTo(FailureCode.LIMIT_EXCEEDED);
                            assertThat(failed.message()).contains("more than 500000 units of work");
                        });
    }

    /** An exception costs as much as a hundred values, and the loop goes on. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "int(y) > 0",
                "release.labels[y] == y",
                "y.substring(7) == y",
                "now.isWeekend(y)",
                "y.semverMajor() > 0 && int(y) == 0",
                "[y].map(z, int(z)).size() == 0"
            })
    void failuresInALoopAreWorkToo(String failing) {
        assertThat(
                        EvaluationTest.evaluate(
                                ROWS
                                        + ".exists(x, [1, 2, 3, 4, 5].exists(z, [x].exists(y, "
                                        + failing
                                        + ")))"))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(FailureCode.LIMIT_EXCEEDED));
        assertThat(EvaluationTest.evaluate("[\"a\"].exists(y, " + failing + ") || true"))
                .isInstanceOf(Outcome.Truth.class);
    }

    static Stream<String> expressionsOfLargeValues() {
        return Stream.of(
                LONG_TEXT + ".map(s, s + s).map(s, s + s).size() == 0",
                LONG_TEXT + ".all(x, x.split(\"\").join(x) == \"\")",
                "[[1]]" + ".map(s, s + s)".repeat(40) + ".size() == 0");
    }

    @ParameterizedTest
    @MethodSource("expressionsOfLargeValues")
    void tooLargeValuesFail(String expression) {
        assertThat(EvaluationTest.evaluate(expression))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> {
                            assertThat(failed.code()).isEqualTo(FailureCode.LIMIT_EXCEEDED);
                            assertThat(failed.message())
                                    .startsWith("a text has more than 16384 characters");
                        });
    }

    @Test
    void failureSaysWhereTheWorkWasDone() {
        assertThat(EvaluationTest.evaluate("plan.canaries == 1 && " + loops(7, "true")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.column())
                                        .isGreaterThan("plan.canaries == 1 && ".length()));
    }

    @Test
    void valuesOfNestedListsArePrintedShort() {
        assertThat(
                        EvaluationTest.values(
                                        "[[1]]" + ".map(s, [s, s])".repeat(12) + ".size() == 0")
                                .values())
                .allSatisfy(value -> assertThat(value).hasSizeLessThan(260));
    }

    @Test
    void manyProblemsAreCut() {
        String expression = String.join(" || ", java.util.Collections.nCopies(100, "foo"));

        assertThat(new PolicyLanguage().compile(expression, ExpressionResult.BOOL).problems())
                .hasSize(10);
    }

    private static String loops(int depth, String body) {
        String expression = body;
        for (String variable : List.of("a", "b", "c", "d", "e", "f", "g").subList(0, depth)) {
            expression = TEN + ".all(" + variable + ", " + expression + ")";
        }
        return expression;
    }

    private static String problem(String expression) {
        return new PolicyLanguage()
                .compile(expression, ExpressionResult.BOOL)
                .problems()
                .getFirst()
                .toString();
    }
}
