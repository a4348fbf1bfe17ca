package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.plugin.DebugServer;
import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code terraform validate} says, where there is no gateway. */
@ParameterizedClass
@MethodSource("programs")
class OfflineTest {
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

    OfflineTest(Path program) {
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
        cli = cliIn(directory);
    }

    private Cli cliIn(Path where) {
        return new Cli(program, where, Map.of(DebugServer.VARIABLE, server.reattach()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void exampleOfTheQuickstartIsValid() throws Exception {
        Path examples = Path.of("..", "terraform-examples");
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".tf")).toList()) {
                Path copy = directory.resolve(examples.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Cli example = cliIn(directory.resolve("examples/quickstart"));
        example.succeed("init", "-input=false");
        assertThat(example.succeed("validate")).contains("The configuration is valid");
    }

    @Test
    void wrongExpressionIsShownWithItsLineAndColumn() throws Exception {
        String output =
                mistake(
                        """
                        resource "drover_policy" "prod" {
                          name = "prod"
                          rules = [
                            { id = "fine", expression = { expression = "true" } },
                            { id = "wrong", expression = { expression = "plan.destructive_update <= 10" } },
                          ]
                        }
                        """);
        assertThat(output)
                .contains(
                        "Error: Invalid policy",
                        "on main.tf line 10, in resource \"drover_policy\" \"prod\":",
                        "rules[1].expression.expression: line 1, column 6:",
                        "plan.destructive_update <= 10",
                        "     ^")
                .doesNotContain("rules[0]")
                .doesNotContainPattern("rules\\[1]\\.expression\\.expression: rules");
    }

    @Test
    void expressionThatIsNotKnownYetIsLetThrough() throws Exception {
        write(
                """
                variable "most" {}
                resource "drover_policy" "prod" {
                  name  = "prod"
                  rules = [{ id = "a", expression = { expression = "plan.destructive_updates <= ${var.most}" } }]
                }
                """);
        cli.succeed("validate");
    }

    @Test
    void mistakesInOneBlockAreAllTold() throws Exception {
        String output =
                mistake(
                        """
                        resource "drover_environment" "prod" {
                          project   = "shop"
                          name      = "Prod"
                          cluster   = "eu"
                          namespace = "two words"
                          lane_mode = "LIFO"
                          job_baseline = {
                            update = { min_healthy_time = "ten minutes" }
                          }
                        }
                        """);
        assertThat(output)
                .contains(
                        "main.tf line 8",
                        "name \"Prod\" is not an id",
                        "main.tf line 9",
                        "\"eu\" is not the resource name of a cluster",
                        "main.tf line 10",
                        "namespace: ",
                        "main.tf line 11",
                        "\"LIFO\" is not one of FIFO",
                        "main.tf line 13",
                        "\"ten minutes\" is no duration");
    }

    @Test
    void ruleOfTwoKindsIsRefused() throws Exception {
        assertThat(
                        mistake(
                                """
                                resource "drover_policy" "prod" {
                                  name  = "prod"
                                  rules = [{ id = "a", expression = { expression = "true" }, approval = { count = 1 } }]
                                }
                                """))
                .contains("rules[0].approval: expression is set too; set only one of");
    }

    @Test
    void referenceToWhatTheConfigurationLacksIsRefused() throws Exception {
        assertThat(
                        mistake(
                                """
                                resource "drover_environment" "prod" {
                                  project = "shop"
                                  name    = "prod"
                                  cluster = drover_cluster.nowhere.id
                                }
                                """))
                .contains("Reference to undeclared resource");
    }

    @Test
    void addressThatIsNoneIsRefused() throws Exception {
        assertThat(
                        mistake(
                                """
                                provider "drover" {
                                  address = "localhost:4680"
                                }
                                resource "drover_project" "shop" {
                                  name = "shop"
                                }
                                """))
                .contains(
                        "Invalid address of the gateway",
                        "main.tf line 7",
                        "write http://HOST:PORT or https://HOST:PORT");
    }

    @Test
    void withoutAGatewayThePlanSaysWhereItWasExpected() throws Exception {
        write(
                """
                provider "drover" {
                  address = "http://127.0.0.1:1"
                }
                resource "drover_project" "shop" {
                  name = "shop"
                }
                """);
        Cli.Result result = cli.run("plan");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output())
                .contains(
                        "Error: Cannot create projects/shop",
                        "No gateway answers at",
                        "http://127.0.0.1:1");
    }

    @Test
    void schemaOfEveryNounIsOffered() throws Exception {
        write("");
        String schemas = cli.succeed("providers", "schema", "-json");
        for (String type : Nouns.types()) {
            assertThat(schemas).contains("\"" + type + "\":");
        }
        for (String type : Nouns.pluralTypes()) {
            assertThat(schemas).contains("\"" + type + "\":");
        }
        assertThat(schemas).contains("\"write_only\":true");
    }

    private String mistake(String hcl) throws Exception {
        write(hcl);
        Cli.Result result = cli.run("validate");
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        // Lines are broken where they are full.
        return result.output().replaceAll("\\s+", " ") + "\n" + result.output();
    }

    private void write(String hcl) throws IOException {
        Files.writeString(directory.resolve("main.tf"), HEADER + hcl);
    }
}
