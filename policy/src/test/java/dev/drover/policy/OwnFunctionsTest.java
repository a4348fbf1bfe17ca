package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelFunctionDecl;
import dev.drover.v1.ExpressionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "1.2.3".isSemver()                                     | true
                    "v1.2.3-rc.1+build.07".isSemver()                      | true
                    "1.2".isSemver()                                       | false
                    "01.2.3".isSemver()                                    | false
                    "1.2.3-01".isSemver()                                  | false
                    "1.2.3-".isSemver()                                    | false
                    "1.2.3-a..b".isSemver()                                | false
                    "1.2.3+ä".isSemver()                                   | false
                    "".isSemver()                                          | false
                    "1.2.3".semverCompare("v1.2.3+other")                  | 0
                    "1.10.0".semverCompare("1.9.0")                        | 1
                    "1.0.0-rc.1".semverCompare("1.0.0")                    | -1
                    "1.0.0-alpha".semverCompare("1.0.0-alpha.1")           | -1
                    "1.0.0-alpha.1".semverCompare("1.0.0-alpha.beta")      | -1
                    "1.0.0-beta.2".semverCompare("1.0.0-beta.11")          | -1
                    "1.0.0-beta.99999999999999999999".semverCompare("1.0.0-beta.1") | 1
                    "2.3.4-rc.1".semverMajor()                             | 2
                    "2.3.4-rc.1".semverMinor()                             | 3
                    "2.3.4-rc.1".semverPatch()                             | 4
                    "2.3.4-rc.1+x".semverPrerelease()                      | `"rc.1"`
                    "2.3.4".semverPrerelease()                             | `""`
                    """)
    void versionsAreComparedAsSemanticVersioningSays(String expression, String expected) {
        assertEqual(expression, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "registry.example/shop/web:1".glob("registry.example/**")       | true
                    "registry.example/shop/web:1".glob("registry.example/*")        | false
                    "registry.example/shop/web:1".glob("registry.example/*/web:*")  | true
                    "registry.example.evil/web".glob("registry.example/**")         | false
                    "web-1".glob("web-?")                                           | true
                    "web-10".glob("web-?")                                          | false
                    "a/b".glob("a?b")                                               | false
                    "".glob("")                                                     | true
                    "".glob("**")                                                   | true
                    "abc".glob("***c")                                              | true
                    "a.c".glob("a.c")                                               | true
                    "abc".glob("a.c")                                               | false
                    """)
    void globsMatchWholeTexts(String expression, String expected) {
        assertEqual(expression, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "10.1.2.3".inCidr("10.0.0.0/8")                 | true
                    "11.1.2.3".inCidr("10.0.0.0/8")                 | false
                    "10.1.2.3".inCidr("0.0.0.0/0")                  | true
                    "10.1.2.3".inCidr("10.1.2.3/32")                | true
                    "10.1.2.130".inCidr("10.1.2.128/25")            | true
                    "10.1.2.127".inCidr("10.1.2.128/25")            | false
                    "2001:db8::1".inCidr("2001:db8::/32")           | true
                    "2001:db9::1".inCidr("2001:db8::/32")           | false
                    "::ffff:10.0.0.1".inCidr("::ffff:0:0/96")       | true
                    "10.0.0.1".inCidr("::/0")                       | false
                    "10.0.0.1".isIp()                               | true
                    "::".isIp()                                     | true
                    "1:2:3:4:5:6:7:8".isIp()                        | true
                    "1:2:3:4:5:6:7::8".isIp()                       | false
                    "1:2:3:4:5:6:7".isIp()                          | false
                    "1::2::3".isIp()                                | false
                    "fe80::1%eth0".isIp()                           | false
                    "10.0.0.01".isIp()                              | false
                    "10.1".isIp()                                   | false
                    "256.0.0.1".isIp()                              | false
                    "localhost".isIp()                              | false
                    """)
    void addressesAreMatchedByTheirBits(String expression, String expected) {
        assertEqual(expression, expected);
    }

    /** The input's `now` is a Friday, 15:30 in Berlin. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    now.localDate("Europe/Berlin")                                   | `"2026-11-20"`
                    now.localDate("Pacific/Auckland")                                | `"2026-11-21"`
                    now.localTime("Europe/Berlin")                                   | `"15:30"`
                    now.localTime("Asia/Kolkata")                                    | `"20:00"`
                    now.isWeekend("Europe/Berlin")                                   | false
                    now.isWeekend("Pacific/Auckland")                                | true
                    now.inHours("15:30", "15:31", "Europe/Berlin")                   | true
                    now.inHours("15:29", "15:30", "Europe/Berlin")                   | false
                    now.inHours("22:00", "16:00", "Europe/Berlin")                   | true
                    now.inHours("22:00", "06:00", "Europe/Berlin")                   | false
                    now.inHours("00:00", "24:00", "Europe/Berlin")                   | true
                    now.inBusinessHours("09:00", "17:00", "Europe/Berlin")           | true
                    now.inBusinessHours("00:00", "24:00", "Pacific/Auckland")        | false
                    timestamp("2026-03-29T01:30:00Z").localTime("Europe/Berlin")     | `"03:30"`
                    timestamp("2026-10-25T00:30:00Z").localTime("Europe/Berlin")     | `"02:30"`
                    timestamp("2026-10-25T01:30:00Z").localTime("Europe/Berlin")     | `"02:30"`
                    """)
    void hoursAreThoseOfTheZone(String expression, String expected) {
        assertEqual(expression, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "r.example:5000/a/b:1@sha256:ab".imageRegistry()   | `"r.example:5000"`
                    "r.example:5000/a/b:1@sha256:ab".imageRepository() | `"r.example:5000/a/b"`
                    "r.example:5000/a/b:1@sha256:ab".imageTag()        | `"1"`
                    "r.example:5000/a/b:1@sha256:ab".imageDigest()     | `"sha256:ab"`
                    "a/b".imageRegistry()                              | `"docker.io"`
                    "a/b".imageTag()                                   | `"latest"`
                    """)
    void imageReferencesAreTakenApart(String expression, String expected) {
        assertEqual(expression, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    release.id.semverCompare("1.0.0") > 0              | 25 | `release.id.semverCompare("1.0.0")`: "r1-1-0" is not a semantic version; write it like "1.4.2" or "v2.0.0-rc.1"
                    release.id.semverMajor() > 0                       | 23 | `release.id.semverMajor()`: "r1-1-0" is not a semantic version; write it like "1.4.2" or "v2.0.0-rc.1"
                    release.id.inCidr("10.0.0.0/8")                    | 18 | `release.id.inCidr("10.0.0.0/8")`: "r1-1-0" is not an IP address; ask `isIp()` first
                    "10.0.0.1".inCidr(release.id)                      | 18 | `"10.0.0.1".inCidr(release.id)`: "r1-1-0" is not a range of addresses; write it like "10.0.0.0/8" or "2001:db8::/32", with 0 behind the bits that count
                    now.localTime(release.id) == ""                    | 14 | `now.localTime(release.id)`: there is no time zone "r1-1-0"
                    now.inHours(release.id, "10:00", "UTC")            | 12 | `now.inHours(release.id, "10:00", "UTC")`: "r1-1-0" is not a time of day; write it like "09:00", at most "24:00"
                    """)
    void argumentsThatAreRefusedAreToldWithTheirPlace(
            String expression, int column, String message) {
        assertThat(EvaluationTest.evaluate(expression))
                .isEqualTo(new Outcome.Failed(FailureCode.INVALID_ARGUMENT, message, 1, column));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    release.version.semverCompare("1.0") > 0       | 1:31 | "1.0" is not a semantic version; write it like "1.4.2" or "v2.0.0-rc.1"
                    release.id.inCidr("10.0.0.1/8")                | 1:19 | "10.0.0.1/8" is not a range of addresses; write it like "10.0.0.0/8" or "2001:db8::/32", with 0 behind the bits that count
                    release.id.inCidr("10.0.0.0/33")               | 1:19 | "10.0.0.0/33" is not a range of addresses; write it like "10.0.0.0/8" or "2001:db8::/32", with 0 behind the bits that count
                    now.isWeekend("Europe/Berln")                  | 1:15 | there is no time zone "Europe/Berln"; did you mean "Europe/Berlin"?
                    now.inHours("9:00", "17:00", "Europe/Berlin")  | 1:13 | "9:00" is not a time of day; write it like "09:00", at most "24:00"
                    now.inHours("09:00", "25:00", "Europe/Berlin") | 1:22 | "25:00" is not a time of day; write it like "09:00", at most "24:00"
                    now.inHours("09:00", "17:00", "Mars")          | 1:31 | there is no time zone "Mars"; write it like "Europe/Berlin" or "+02:00"
                    release.version.semverCompar("1.0.0") > 0      | 1:17 | unknown function `semverCompar`; did you mean `semverCompare`?
                    release.version.semverCompare(1) > 0           | 1:30 | `semverCompare` of string does not take (int); it takes (string); `string(...)` makes text of a number
                    now.isWeekend()                                | 1:14 | `isWeekend` of timestamp does not take (); it takes (string)
                    """)
    void literalsAndTypesAreCheckedWhereTheyAreWritten(
            String expression, String position, String message) {
        assertThat(new PolicyLanguage().compile(expression, ExpressionResult.BOOL).problems())
                .extracting(ExpressionProblem::toString)
                .containsExactly(position + ": " + message);
    }

    @Test
    void patternsOfGlobsAreBounded() {
        String pattern = "\"" + "*".repeat(501) + "\"";

        assertThat(
                        new PolicyLanguage()
                                .compile("release.id.glob(" + pattern + ")", ExpressionResult.BOOL)
                                .problems())
                .extracting(ExpressionProblem::message)
                .containsExactly("the pattern has 501 characters; the limit is 500");
        assertThat(EvaluationTest.evaluate("[" + pattern + "].exists(p, release.id.glob(p))"))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void everyFunctionIsKnownByName() {
        assertThat(OwnFunctions.DECLARATIONS)
                .extracting(CelFunctionDecl::name)
                .isSubsetOf(FunctionNames.FUNCTIONS);
    }

    private static void assertEqual(String expression, String expected) {
        assertThat(EvaluationTest.evaluate(expression + " == " + expected))
                .isInstanceOfSatisfying(
                        Outcome.Truth.class,
                        truth ->
                                assertThat(truth.value())
                                        .describedAs(expression + " in " + truth.values())
                                        .isTrue());
    }
}
