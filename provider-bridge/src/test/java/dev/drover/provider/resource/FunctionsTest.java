package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.plugin.DebugServer;
import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions as configurations call them, where there is no gateway. */
@ParameterizedClass
@MethodSource("programs")
class FunctionsTest {
    private static final String HEADER =
            """
            terraform {
              required_providers {
                drover = { source = "drover.dev/drover/drover" }
              }
            }
            """;

    private final Path program;
    private DebugServer server;
    private Cli cli;

    @TempDir Path directory;

    FunctionsTest(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @BeforeEach
    void serve() throws IOException {
        server =
                DebugServer.start(
                        DroverProvider.with(Map.of()),
                        DroverProvider.ADDRESS,
                        (level, message, cause) -> {
                            throw new AssertionError(message, cause);
                        });
        cli = new Cli(program, directory, Map.of(DebugServer.VARIABLE, server.reattach()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void rightExpressionIsTrueAndAWrongOneIsNoAnswer() throws Exception {
        assertThat(
                        value(
                                """
                                [
                                  provider::drover::cel_check("plan.destructive_updates <= 10"),
                                  can(provider::drover::cel_check("plan.destructive_update <= 10")),
                                ]
                                """))
                .isEqualTo("[true,false]");
    }

    @Test
    void wrongExpressionIsToldWithItsLineAndColumn() throws Exception {
        assertThat(mistake("provider::drover::cel_check(\"plan.destructive_update <= 10\")"))
                .contains(
                        "Invalid value for \"expr\" parameter",
                        "line 1, column 6:",
                        "plan.destructive_update <= 10",
                        "     ^");
    }

    @Test
    void expressionOfAVariableCanBeItsValidation() throws Exception {
        write(
                """
                variable "rule" {
                  type = string
                  validation {
                    condition     = can(provider::drover::cel_check(var.rule))
                    error_message = "No condition of the policy language."
                  }
                }
                """);
        cli.succeed("plan", "-var=rule=release.id != ''");
        Cli.Result refused = cli.run("plan", "-var=rule=release.idd != ''");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("No condition of the policy language.");
    }

    @Test
    void nameFallsIntoItsParts() throws Exception {
        assertThat(
                        value(
                                """
                                [
                                  provider::drover::parse_name("projects/shop/environments/prod"),
                                  provider::drover::parse_name("policies/prod").project == null,
                                  provider::drover::parse_name("projects/shop/applications/web/releases/1.0").ids,
                                ]
                                """))
                .isEqualTo(
                        "[{\"ids\":{\"environment\":\"prod\",\"project\":\"shop\"},\"kind\":\"environment\","
                                + "\"name\":\"prod\",\"parent\":\"projects/shop\",\"project\":\"shop\"},true,"
                                + "{\"application\":\"web\",\"project\":\"shop\",\"release\":\"1.0\"}]");
        assertThat(mistake("provider::drover::parse_name(\"shop/prod\")"))
                .contains(
                        "Invalid value for \"id\" parameter", "\"shop/prod\" is no resource name");
    }

    @Test
    void versionIsHeldAgainstARange() throws Exception {
        assertThat(
                        value(
                                """
                                [
                                  provider::drover::semver_satisfies("v1.4.2", "~> 1.4"),
                                  provider::drover::semver_satisfies("2.0.0-alpha", ">= 1.0"),
                                ]
                                """))
                .isEqualTo("[true,false]");
        assertThat(mistake("provider::drover::semver_satisfies(\"1.4.2\", \"newest\")"))
                .contains("Invalid value for \"range\" parameter", "\"newest\" is no condition");
        assertThat(mistake("provider::drover::semver_satisfies(\"latest\", \">= 1\")"))
                .contains("Invalid value for \"v\" parameter", "\"latest\" is no version");
    }

    @Test
    void windowIsFoundByTheClockOnTheWall() throws Exception {
        assertThat(
                        value(
                                """
                                provider::drover::next_window({
                                  zone    = "Europe/Berlin"
                                  windows = [{ cron = "0 9 * * MON-FRI", duration = "8h" }]
                                }, "2026-03-28T12:00:00Z")
                                """))
                .isEqualTo(
                        "{\"end\":\"2026-03-30T15:00:00Z\",\"open\":false,\"start\":\"2026-03-30T07:00:00Z\"}");
        assertThat(
                        value(
                                """
                                provider::drover::next_window({
                                  mode    = "DENY"
                                  zone    = "UTC"
                                  windows = [{ start = "2026-12-24", end = "2026-12-26" }]
                                }, "2026-12-25T12:00:00+01:00")
                                """))
                .isEqualTo("{\"end\":null,\"open\":false,\"start\":\"2026-12-27T00:00:00Z\"}");
        assertThat(
                        value(
                                """
                                provider::drover::next_window({
                                  zone    = "UTC"
                                  windows = [{ start = "2020-12-24" }]
                                }, "2026-12-25T12:00:00Z") == null
                                """))
                .isEqualTo("true");
    }

    @Test
    void mistakesInAWindowAreToldAtTheirField() throws Exception {
        String window = "provider::drover::next_window(%s, \"2026-03-28T12:00:00Z\")";
        assertThat(
                        mistake(
                                window.formatted(
                                        "{ zone = \"Europe/Berlni\", windows = [{ cron = \"0 9\", duration = \"8h\" }] }")))
                .contains(
                        "Invalid value for \"rule\" parameter",
                        "zone: ",
                        "did you mean \"Europe/Berlin\"?",
                        "windows[0].cron");
        assertThat(mistake(window.formatted("{ zone = \"UTC\", window = [] }")))
                .contains("has no attribute \"window\"");
        assertThat(
                        mistake(
                                window.formatted(
                                        "{ zone = \"UTC\", windows = [{ start = \"2026-12-24\", duration = \"soon\" }] }")))
                .contains("windows[0].duration", "\"soon\" is no duration");
        assertThat(mistake(window.formatted("\"always\""))).contains("must be an object");
        assertThat(
                        mistake(
                                "provider::drover::next_window({ zone = \"UTC\", windows = [{ start = \"2026-12-24\" }] }, \"soon\")"))
                .contains("Invalid value for \"time\" parameter", "\"soon\" is no time");
    }

    @Test
    void digestIsOfWhatATextSays() throws Exception {
        assertThat(
                        value(
                                """
                                [
                                  provider::drover::digest("a\\nb"),
                                  provider::drover::digest("a  \\r\\nb\\r\\n") == provider::drover::digest("a\\nb"),
                                  provider::drover::digest("a\\n b") == provider::drover::digest("a\\nb"),
                                ]
                                """))
                .isEqualTo(
                        "[\"7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78\",true,false]");
    }

    @Test
    void valueThatIsNotKnownYetIsComputedInTheApply() throws Exception {
        write(
                """
                resource "terraform_data" "later" {
                  input = "1.4.2"
                }
                output "value" {
                  value = [
                    provider::drover::semver_satisfies(terraform_data.later.output, "~> 1.4"),
                    provider::drover::next_window({
                      zone    = "UTC"
                      windows = [{ start = "2026-12-24", title = terraform_data.later.output }]
                    }, "2026-12-25T12:00:00Z") == null,
                  ]
                }
                """);
        cli.succeed("apply", "-auto-approve");
        assertThat(cli.succeed("output", "-json", "value").strip()).isEqualTo("[true,true]");
    }

    @Test
    void nullIsRefusedBeforeAnythingIsComputed() throws Exception {
        assertThat(mistake("provider::drover::digest(null)")).contains("argument must not be null");
    }

    private String value(String expression) throws Exception {
        write("output \"value\" {\n  value = " + expression.strip() + "\n}\n");
        cli.succeed("apply", "-auto-approve");
        return cli.succeed("output", "-json", "value").strip();
    }

    private String mistake(String expression) throws Exception {
        write("output \"value\" {\n  value = " + expression.strip() + "\n}\n");
        Cli.Result result = cli.run("plan");
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        String unframed = result.output().replaceAll("(?m)^[│╷╵] ?", "");
        // Lines are broken where they are full.
        return unframed.replaceAll("\\s+", " ") + "\n" + unframed;
    }

    private void write(String hcl) throws IOException {
        Files.writeString(directory.resolve("main.tf"), HEADER + hcl);
    }
}
