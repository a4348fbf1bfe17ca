package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.ExpressionResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

    private final PolicyLanguage language = new PolicyLanguage();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    (1 +                          | 1:5  | the expression ends too early; a value is missing here
                    [1,2                          | 1:5  | the expression ends too early; expected `]` or `,`
                    plan.                         | 1:6  | the expression ends too early; a value is missing here
                    plan.place = 2                | 1:12 | `=` is not an operator or a name; write `==` to compare
                    true and false                | 1:6  | unexpected `and`; write `&&`
                    true & false                  | 1:6  | `&` is not an operator or a name; write `&&`
                    not true                      | 1:5  | `not` is not an operator; write `!`
                    if (true) 1                   | 1:1  | `if` is a reserved word; write `condition ? value : other`
                    plan.place <= 10)             | 1:17 | unexpected `)`; the expression should end here, or an operator is missing before it
                    1 +* 2                        | 1:4  | unexpected `*`; a value is missing before it
                    release.id == "a              | 1:15 | the text that starts here has no closing quote on its line
                    release.id == "\\d"           | 1:15 | `\\d` is not an escape; write `\\\\` for a backslash, or a raw text: r"..."
                    release.labels[?"a"] == ""    | 1:15 | `[?` is not part of the policy language
                    has(release)                  | 1:4  | `has` is written `has(message.field)`
                    plan.drivers.all(1, true)     | 1:18 | the first argument of a loop is the name of its variable
                    """)
    void syntaxErrorsAreToldInPlainWords(String expression, String position, String message) {
        assertThat(problems(expression)).containsExactly(position + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    relase.version == ""               | 1:1  | unknown variable `relase`; did you mean `release`?
                    environment.id == prod             | 1:19 | unknown variable `prod`; the variables are release, application, environment, promotion, plan, history, now; text is written in quotes: "prod"
                    release.versoin == ""              | 1:9  | there is no field `versoin`; did you mean `version`?
                    application.x == ""                | 1:13 | there is no field `x`; the fields are id, name, labels, owners
                    plan.images.all(i, i.tg == "")     | 1:22 | there is no field `tg`; did you mean `tag`?
                    plan.images[0].digets == ""        | 1:16 | there is no field `digets`; did you mean `digest`?
                    history.environments["a"].helthy   | 1:27 | there is no field `helthy`; did you mean `healthy`?
                    history.environments.a.helthy      | 1:24 | there is no field `helthy`; did you mean `healthy`?
                    release.id.startWith("a")          | 1:12 | unknown function `startWith`; did you mean `startsWith`?
                    semver(release.version)            | 1:1  | unknown function `semver`; did you mean `isSemver`?
                    plan.drivers.all(d)                | 1:14 | `all` is written `list.all(x, condition)`
                    plan.place == "1"                  | 1:12 | `==` compares values of one type, but got (int, string); `string(...)` makes text of a number
                    release.age < now                  | 1:13 | `<` compares two numbers, texts, timestamps or durations, but got (duration, timestamp)
                    plan.place && true                 | 1:12 | `&&` takes bool, but got (int, bool)
                    "n: " + plan.place == ""           | 1:7  | `+` does not take (string, int); `string(...)` makes text of a number
                    release.id.contains(1)             | 1:20 | `contains` of string does not take (int); it takes (string); `string(...)` makes text of a number
                    "a" in release                     | 1:5  | `in` takes a value and a list or map of such values, but got (string, ReleaseFacts)
                    plan.images["a"].tag == ""         | 1:12 | `[ ]` takes a list and an int, or a map and a key of its type, but got (list(ImageFacts), string)
                    plan.images.filter(i, i.tag) == [] | 1:19 | the condition of `filter` must yield bool, but yields string
                    plan.images.all(i, i.tag)          | 1:16 | the condition of `all` must yield bool, but yields string
                    plan.place.all(p, true)            | 1:5  | a loop runs over a list or a map, not over int
                    plan.place.foo == 1                | 1:11 | a value of type int has no fields
                    release                            | 1:1  | the expression must yield bool, but yields ReleaseFacts
                    dyn(true)                          | 1:1  | the expression must yield bool, but yields dyn
                    """)
    void typeErrorsAreToldInPlainWords(String expression, String position, String message) {
        assertThat(problems(expression)).containsExactly(position + ": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    release.id.matches("(?=a)")        | 1:20 | the pattern is not a regular expression of RE2: invalid or unsupported Perl syntax at `(?=`
                    matches(release.id, "a(")          | 1:21 | the pattern is not a regular expression of RE2: missing closing ) at `a(`
                    release.id.matches(release.name)   | 1:27 | the pattern of `matches` must be a text in quotes
                    release.id.matches("(a{99}){99}")  | 1:20 | the pattern needs 10001 steps, with its repetitions written out; the limit is 600
                    release.age > duration("1 day")    | 1:24 | "1 day" is not a duration; write it like "36h", "1h30m" or "90s"
                    now > timestamp("24.12.2026")      | 1:17 | "24.12.2026" is not a timestamp; write it like "2026-12-24T18:00:00Z"
                    now.getHours("Europe/Berln") > 1   | 1:14 | there is no time zone "Europe/Berln"; did you mean "Europe/Berlin"?
                    int("ten") > 1                     | 1:5  | "ten" is not a value of type int
                    """)
    void literalsThatAlwaysFailAreRefused(String expression, String position, String message) {
        assertThat(problems(expression)).containsExactly(position + ": " + message);
    }

    @Test
    void everyProblemIsToldInTheOrderOfTheText() {
        assertThat(problems("release.version == 1 ||\n  plan.foo == 2 ||\n  // what?\n  x"))
                .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
                .containsExactly("1:17", "2:8", "4:3");
    }

    @Test
    void excerptHasACaretBelowTheColumn() {
        assertThat(language.compile("true &&\n  plan.foo == 2", ExpressionResult.BOOL).problems())
                .extracting(ExpressionProblem::excerpt)
                .containsExactly("  plan.foo == 2\n       ^");
    }

    @Test
    void excerptOfALongLineIsCutAroundTheColumn() {
        String expression = "true && ".repeat(100) + "plan.foo == 2" + " && true".repeat(100);

        String excerpt =
                language.compile(expression, ExpressionResult.BOOL).problems().getFirst().excerpt();

        assertThat(excerpt.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(
                        excerpt.lines()
                                .toList()
                                .get(0)
                                .charAt(excerpt.lines().toList().get(1).indexOf('^')))
                .isEqualTo('f');
    }

    @Test
    void columnsCountCharactersAndNotCodeUnits() {
        assertThat(problems("\"😀😀\" == prod"))
                .first()
                .asString()
                .startsWith("1:9: unknown variable `prod`");
    }

    @Test
    void resultTypeIsPartOfTheCheck() {
        assertThat(language.compile("true", ExpressionResult.STRING).problems())
                .extracting(ExpressionProblem::toString)
                .containsExactly("1:1: the expression must yield string, but yields bool");
    }

    @Test
    void emptyExpressionIsRefused() {
        assertThat(problems(" \n ")).containsExactly("1:1: the expression is empty");
    }

    private List<String> problems(String expression) {
        return language.compile(expression, ExpressionResult.BOOL).problems().stream()
                .map(ExpressionProblem::toString)
                .toList();
    }
}
