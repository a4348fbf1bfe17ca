package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** {@code policy test}, which asks no gateway. */
class PolicyTestCommandTest {
    private static final String POLICIES =
            """
            name: prod
            selector: {environment_labels: {tier: prod}}
            rules:
            - id: no-latest
              expression:
                expression: plan.images.all(image, image.tag != "latest")
                message: '"latest: " + plan.images[0].reference'
            - id: owners
              approval: {count: 1, groups: [owners]}
            - id: soak
              soak: {duration: 86400s}
            - id: smoke
              verification: {verifications: [smoke]}
            - id: freeze
              window: {mode: DENY, calendars: [calendars/frozen]}
            ---
            name: frozen
            zone: Europe/Berlin
            windows: [{title: Christmas, start: '2026-12-24', end: '2026-12-26'}]
            """;
    private static final String TESTS =
            """
            files: [policies.yaml]
            given:
              time: 2026-11-20T12:00:00Z
              input:
                environment: {id: prod, labels: {tier: prod}}
                promotion: {requester: serviceAccounts/dora}
                plan: {images: [{reference: 'web:1', tag: '1'}]}
                history:
                  environments:
                    staging: {succeeded: true, healthy: true, soaked: 90000s, verifications: {smoke: PASSED}}
              stages:
              - {id: staging, environments: [staging]}
              - {id: prod, environments: [prod], after: [staging]}
              approvals: [{approver: serviceAccounts/ann, groups: [owners]}]
            tests:
            - name: all is well
              expect: {verdict: ALLOW}
            - name: latest is refused
              given: {input: {plan: {images: [{reference: 'web:latest', tag: latest}]}}}
              expect:
                verdict: DENY
                rules: {no-latest: DENY, policies/prod/rules/owners: ALLOW}
                messages: {no-latest: 'latest: web'}
            - name: somebody else approves
              given: {approvals: [{approver: serviceAccounts/dora, groups: [owners]}]}
              expect: {verdict: REQUIRE, rules: {owners: REQUIRE}}
            - name: too early
              given: {input: {history: {environments: {staging: {soaked: 3600s}}}}}
              expect: {rules: {soak: DEFER}, next_eligible_time: 2026-11-21T11:00:00Z}
            - name: not measured
              given: {input: {history: {environments: {staging: {verifications: {smoke: FAILED}}}}}}
              expect: {rules: {smoke: DENY}}
            - name: frozen at Christmas
              given: {time: 2026-12-25T12:00:00Z}
              expect: {verdict: DEFER, messages: {freeze: Christmas}}
            - name: staging before prod
              given: {input: {history: {environments: {staging: {succeeded: false}}}}}
              expect: {rules: {pipeline/stage-order: DENY}}
            """;

    @TempDir Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("policies.yaml"), POLICIES);
    }

    private Path tests(String text) throws IOException {
        return Files.writeString(directory.resolve("prod.test.yaml"), text);
    }

    private Answer run(String... more) {
        return Drover.plain(
                Stream.concat(Stream.of("policy", "test", directory.toString()), Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void rulesOfEveryKindAreJudged() throws IOException {
        tests(TESTS);

        assertThat(run().exits(0).out().lines())
                .containsExactly(
                        directory.resolve("prod.test.yaml").toString(),
                        "  ok    all is well",
                        "  ok    latest is refused",
                        "  ok    somebody else approves",
                        "  ok    too early",
                        "  ok    not measured",
                        "  ok    frozen at Christmas",
                        "  ok    staging before prod",
                        "7 tests, 0 failed; they reach 10 of 10 outcomes of the parts of expressions");
    }

    @Test
    void whatIsNotAsItShouldBeIsTold() throws IOException {
        tests(
                TESTS.replaceAll("(?s)tests:.*", "")
                        + """
                        tests:
                        - name: wrong about everything
                          given: {approvals: []}
                          expect:
                            verdict: DENY
                            rules: {no-latest: DENY, ownres: ALLOW}
                            messages: {owners: nobody}
                            next_eligible_time: 2026-11-21T11:00:00Z
                        - name: elsewhere
                          given: {input: {environment: {labels: {tier: dev}}}}
                          expect: {rules: {no-latest: ALLOW}}
                        """);
        Path report = directory.resolve("report.xml");

        assertThat(run("-junit", report.toString()).exits(5).out().lines())
                .contains(
                        "  FAIL  wrong about everything",
                        "        the verdict is REQUIRE, not DENY, by policies/prod/rules/owners",
                        "        rule no-latest says ALLOW, not DENY: holds: plan.images.all(image, image.tag != \"latest\")",
                        "        there is no rule ownres; did you mean owners?",
                        "        the message of rule owners has not \"nobody\" in it: 1 more approval is needed from members of owners, not the requester's own",
                        "        it may be eligible at no known time, not from 2026-11-21T11:00:00Z",
                        "  FAIL  elsewhere",
                        "        rule no-latest was not asked: the selector of its policy does not select this promotion",
                        "policies/prod/rules/no-latest expression, line 1, column 16: plan.images.all(image, image.tag != \"latest\") was never false",
                        "policies/prod/rules/no-latest expression, line 1, column 34: image.tag != \"latest\" was never false",
                        "policies/prod/rules/no-latest message, line 1, column 12: \"latest: \" + plan.images[0].reference was never evaluated",
                        "2 tests, 2 failed; they reach 4 of 10 outcomes of the parts of expressions");
        assertThat(attributes(report)).isEqualTo("tests=2 failures=2 errors=0");
    }

    private static String attributes(Path report) throws IOException {
        try {
            Element suite =
                    (Element)
                            DocumentBuilderFactory.newInstance()
                                    .newDocumentBuilder()
                                    .parse(report.toFile())
                                    .getElementsByTagName("testsuite")
                                    .item(0);
            assertThat(suite.getElementsByTagName("testcase").getLength())
                    .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
            return "tests=%s failures=%s errors=%s"
                    .formatted(
                            suite.getAttribute("tests"),
                            suite.getAttribute("failures"),
                            suite.getAttribute("errors"));
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
            throw new AssertionError("no XML: " + Files.readString(report), e);
        }
    }

    @Test
    void selectorsLookAtProjectAndKindToo() throws IOException {
        Files.writeString(
                directory.resolve("policies.yaml"),
                """
                name: stops
                selector: {project_labels: {unit: shop}, kinds: [STOP]}
                rules: [{id: never, expression: {expression: 'false'}}]
                """);
        tests(
                """
                files: [policies.yaml]
                tests:
                - name: a stop
                  given: {project_labels: {unit: shop}, input: {promotion: {kind: STOP}}}
                  expect: {verdict: DENY}
                - name: a release
                  given: {project_labels: {unit: shop}}
                  expect: {verdict: ALLOW}
                - name: another project
                  given: {project_labels: {unit: bank}, input: {promotion: {kind: STOP}}}
                  expect: {verdict: ALLOW}
                """);

        run().exits(0);
    }

    @Test
    void programsAreToldTheSame() throws IOException {
        tests(TESTS.replace("verdict: ALLOW}", "verdict: DENY}"));

        JsonNode json = run("-o", "json").exits(5).json();

        JsonNode first = json.path("files").path(0).path("tests").path(0);
        assertThat(first.path("name").asText()).isEqualTo("all is well");
        assertThat(first.path("passed").asBoolean()).isFalse();
        assertThat(first.path("verdict").asText()).isEqualTo("ALLOW");
        assertThat(first.path("failures").path(0).asText())
                .isEqualTo("the verdict is ALLOW, not DENY");
        assertThat(json.path("coverage").path("covered").asInt()).isEqualTo(10);
        assertThat(json.path("coverage").path("gaps")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    verdict: ALLOW}         | verdict: MAYBE}   | :17:21: tests[0].expect.verdict: "MAYBE" does not fit: it is one of ALLOW, DEFER, REQUIRE, DENY
                    name: latest is refused | name: all is well | :18:9: tests[1].name: "all is well" is already the name of a test
                    {verdict: ALLOW}        | {}                | :17:11: tests[0].expect: needs at least one of verdict, rules, messages and next_eligible_time
                    soaked: 90000s          | soaked: 25h       | soaked: "25h" does not fit: it is seconds, like 30s
                    plan: {images           | plan: {imagse     | given.input.plan: there is no field imagse; did you mean images
                    [policies.yaml]         | [other.yaml]      | other.yaml does not exist
                    tests:                  | test:             | there is no field test; did you mean tests
                    """)
    void filesOfTestsThatAreWrongAreTold(String good, String bad, String told) throws IOException {
        Path file = tests(TESTS.replaceFirst(java.util.regex.Pattern.quote(good), bad));
        Path report = directory.resolve("report.xml");

        String out = run("-junit", report.toString()).exits(1).out();

        assertThat(out).contains(told, "1 of the files cannot be run").contains(file.toString());
        assertThat(attributes(report)).isEqualTo("tests=1 failures=0 errors=1");
    }

    @Test
    void wrongPoliciesAreToldAtTheirPlace() throws IOException {
        tests(TESTS);
        Path policies = directory.resolve("policies.yaml");
        Files.writeString(policies, POLICIES.replace("image.tag", "image.tga"));
        assertThat(run().exits(1).out())
                .contains(policies + ":6:", "there is no field `tga`; did you mean `tag`?");

        Files.writeString(policies, POLICIES.replaceAll("(?s)---.*", ""));
        assertThat(run().exits(1).out())
                .contains(
                        "prod: rules[4].window.calendars: calendars/frozen is in none of the files of");
    }

    @Test
    void directoriesWithoutTestsAreAMistake() {
        assertThat(run().exits(1).err())
                .isEqualTo(
                        "Error: no tests are in %s; their names end in .test.yaml, .test.yml, .test.json\n"
                                .formatted(directory));
    }
}
