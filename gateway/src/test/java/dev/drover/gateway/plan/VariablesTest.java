package dev.drover.gateway.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Variables of every type mean in the jobspec what they mean in Drover; the real parser decides.
 */
class VariablesTest {

    private static final String TYPES =
            """
            variable "text" { type = string }
            variable "number" { type = number }
            variable "flag" { type = bool }
            variable "list" { type = list(string) }
            variable "object" {
              type = object({ name = string, sizes = list(number) })
            }
            variable "nothing" {
              type    = string
              default = null
            }
            job "web" {
              group "web" {
                count = var.number
                task "server" {
                  driver = "raw_exec"
                  config {
                    command = "/bin/sh"
                    args    = var.list
                  }
                  leader = var.flag
                  env {
                    TEXT  = var.text
                    NAME  = var.object.name
                    SIZE  = var.object.sizes[1]
                    NULL  = var.nothing == null ? "null" : "set"
                  }
                }
              }
            }
            """;

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final RealPlanner planner = new RealPlanner(NOMAD);

    @Test
    void everyTypeArrivesAsItIs() {
        JsonNode task =
                planner.plan(
                                PlanFixture.shop()
                                        .job("web", TYPES)
                                        .variables(
                                                """
                                                {"number": 3, "flag": true, "list": ["a", "${b}"],
                                                 "object": {"name": "n", "sizes": [1, 2.5]}, "nothing": null}
                                                """)
                                        .releaseVariables("{\"text\": \"t\"}"))
                        .rendering()
                        .jobs()
                        .getFirst()
                        .spec()
                        .at("/TaskGroups/0");
        assertThat(task.path("Count").asInt()).isEqualTo(3);
        assertThat(task.at("/Tasks/0/Leader").asBoolean()).isTrue();
        assertThat(task.at("/Tasks/0/Config/args").toString()).isEqualTo("[\"a\",\"${b}\"]");
        assertThat(CanonicalJson.bytes(task.at("/Tasks/0/Env")))
                .asString(UTF_8)
                .isEqualTo("{\"NAME\":\"n\",\"NULL\":\"null\",\"SIZE\":\"2.5\",\"TEXT\":\"t\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${var.x}",
                "$${x}",
                "$$${x} $$$",
                "%{if true}",
                "%%{x}",
                "\"quoted\" \\ back\\n",
                "line\nline\r\ttab",
                "\u0001\u007f",
                "zażółć 漢字 😀",
                "~{ } ' # // /* <<EOF",
                ""
            })
    void textArrivesCharacterByCharacter(String text) {
        String jobspec = PlanFixture.WEB.replace("default = \"hello\"", "");
        PlanFixture fixture = PlanFixture.shop().job("web", jobspec);
        fixture.environment()
                .getVariablesBuilder()
                .putFields(
                        "greeting",
                        com.google.protobuf.Value.newBuilder().setStringValue(text).build());
        assertThat(
                        planner.plan(fixture)
                                .rendering()
                                .jobs()
                                .getFirst()
                                .spec()
                                .at("/TaskGroups/0/Tasks/0/Env/GREETING")
                                .asText())
                .isEqualTo(text);
    }

    @Test
    void valueOfAnotherTypeKeepsNomadsWords() {
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .job(
                                        "web",
                                        "variable \"n\" {\n type = number\n}\n" + PlanFixture.WEB)
                                .variables("{\"n\": \"many\"}"));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("a number is required");
    }

    @Test
    void releaseMayNotOverrideTheEnvironment() {
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .job("web", PlanFixture.WEB)
                                .variables("{\"greeting\": \"a\"}")
                                .releaseVariables("{\"greeting\": \"b\"}"));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.text())
                .contains("\"greeting\" is set by " + PlanFixture.PROD)
                .contains("release.variables");
    }

    @Test
    void impossibleNameIsRefusedBeforeNomadSeesIt() {
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .job("web", PlanFixture.WEB)
                                .variables("{\"x = 1\\ny\": \"a\"}"));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.text()).contains("environment.variables");
    }
}
