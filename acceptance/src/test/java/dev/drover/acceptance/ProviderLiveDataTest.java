package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.NomadAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Data sources of what is going on: what runs where, what may go where, and when. */
class ProviderLiveDataTest extends ProviderTest {
    private static final String SHOP =
            """
            resource "drover_project" "shop" {
              name = "shop"
            }
            resource "drover_cluster" "c" {
              for_each        = toset(["staging", "prod"])
              name            = each.key
              servers         = ["%s"]
              token_reference = "%s"
            }
            resource "drover_environment" "e" {
              for_each  = toset(["staging", "prod"])
              project   = drover_project.shop.name
              name      = each.key
              namespace = "default"
              cluster   = drover_cluster.c[each.key].id
              labels    = { tier = each.key }
            }
            resource "drover_pipeline" "main" {
              project = drover_project.shop.name
              name    = "main"
              stages = [
                { id = "staging", environments = [drover_environment.e["staging"].id] },
                { id = "prod", environments = [drover_environment.e["prod"].id], after = ["staging"] },
              ]
            }
            resource "drover_application" "web" {
              project  = drover_project.shop.name
              name     = "web"
              pipeline = drover_pipeline.main.id
              jobs     = [{ id = "web" }]
            }
            resource "drover_policy" "prod" {
              name     = "prod"
              selector = { environment_labels = { tier = "prod" } }
              rules = [
                { id = "never", window = { mode = "ALLOW", zone = "UTC", windows = [{ start = "2000-01-01" }] } },
                { id = "asked", enforcement = "WARN", approval = { count = 2, groups = ["owners"] } },
              ]
            }
            """;
    private static final String PROD = "projects/shop/environments/prod";

    ProviderLiveDataTest(Path program) {
        super(program);
    }

    @Test
    void whatRunsWhereIsReadAndFiltered() throws Exception {
        String shop = SHOP.formatted("http://127.0.0.1:4646", "");
        apply(shop);
        apply(
                shop
                        + """
                        data "drover_environment_state" "all" {
                          project = drover_project.shop.name
                        }
                        data "drover_environment_state" "prod" {
                          project     = drover_project.shop.name
                          environment = drover_environment.e["prod"].id
                        }
                        output "all" {
                          value = data.drover_environment_state.all.states[*].environment
                        }
                        output "prod" {
                          value = [for one in data.drover_environment_state.prod.states : [
                            one.application, one.condition, one.release == null, length(one.job_versions)]]
                        }
                        """);
        assertThat(output("all"))
                .isEqualTo(
                        "[\"projects/shop/environments/staging\",\"projects/shop/environments/prod\"]");
        assertThat(output("prod"))
                .isEqualTo("[[\"projects/shop/applications/web\",\"EMPTY\",true,0]]");
    }

    @Test
    void projectThatIsNotThereIsToldAtItsAttribute() throws Exception {
        write("data \"drover_environment_state\" \"s\" {\n  project = \"shpo\"\n}\n");
        assertThat(fail("plan")).contains("Cannot list what runs where", "projects/shpo");
    }

    @Test
    void windowsOfAnEnvironmentAreReadForAPeriod() throws Exception {
        String shop = SHOP.formatted("http://127.0.0.1:4646", "");
        apply(shop);
        apply(
                shop
                        + """
                        data "drover_effective_windows" "prod" {
                          environment = drover_environment.e["prod"].id
                          start_time  = "1999-12-31T00:00:00Z"
                          duration    = "72h"
                        }
                        data "drover_effective_windows" "now" {
                          environment = drover_environment.e["prod"].id
                        }
                        output "prod" {
                          value = [data.drover_effective_windows.prod.open,
                            data.drover_effective_windows.prod.next_open_time,
                            data.drover_effective_windows.prod.next_close_time,
                            [for w in data.drover_effective_windows.prod.windows : [w.start_time, w.open, length(w.closed_by)]]]
                        }
                        output "now" {
                          value = [data.drover_effective_windows.now.next_open_time,
                            data.drover_effective_windows.now.rules[0].rule]
                        }
                        """);
        assertThat(output("prod"))
                .isEqualTo(
                        "[false,\"2000-01-01T00:00:00Z\",\"1999-12-31T00:00:00Z\","
                                + "[[\"1999-12-31T00:00:00Z\",false,1],[\"2000-01-01T00:00:00Z\",true,0],"
                                + "[\"2000-01-02T00:00:00Z\",false,1]]]");
        assertThat(output("now")).isEqualTo("[null,\"policies/prod/rules/never\"]");
        write(
                """
                data "drover_effective_windows" "prod" {
                  environment = "projects/shop/environments/prod"
                  duration    = "two weeks"
                }
                """);
        assertThat(fail("validate")).contains("main.tf line 8", "\"two weeks\" is no duration");
        write(
                "data \"drover_effective_windows\" \"prod\" {\n  environment = \""
                        + PROD
                        + "x\"\n}\n");
        assertThat(fail("plan")).contains("Cannot list effective windows", PROD + "x");
    }

    @Test
    void whatAReleaseStillNeedsIsExplainedAndChangesNothing() throws Exception {
        try (NomadAgent nomad = NomadAgent.start()) {
            Path token = Files.writeString(directory.resolve("nomad-token"), nomad.token());
            String shop = SHOP.formatted(nomad.address(), "file:" + token);
            apply(shop);
            gateway.send(
                    "POST",
                    "/v1/projects/shop/applications/web/releases?releaseId=v1",
                    "{\"version\": \"1.0.0\", \"jobs\": [{\"id\": \"web\", \"format\": \"JSON\", \"jobspec\": \"%s\"}]}"
                            .formatted(
                                    TestJobs.service("web")
                                            .mocked()
                                            .json()
                                            .toString()
                                            .replace("\"", "\\\"")));
            apply(
                    shop
                            + """
                            data "drover_promotion_eligibility" "e" {
                              for_each    = drover_environment.e
                              release     = "${drover_application.web.id}/releases/v1"
                              environment = each.value.id
                            }
                            output "staging" {
                              value = [data.drover_promotion_eligibility.e["staging"].eligible,
                                data.drover_promotion_eligibility.e["staging"].verdict,
                                data.drover_promotion_eligibility.e["staging"].state]
                            }
                            output "prod" {
                              value = [data.drover_promotion_eligibility.e["prod"].eligible,
                                data.drover_promotion_eligibility.e["prod"].state,
                                { for r in data.drover_promotion_eligibility.e["prod"].rules :
                                  r.rule => [r.verdict, r.enforcement, r.approvals_required] }]
                            }
                            """);
            assertThat(output("staging")).isEqualTo("[true,\"ALLOW\",\"QUEUED\"]");
            assertThat(output("prod"))
                    .startsWith("[false,\"BLOCKED\",")
                    .contains(
                            "\"pipeline/stage-order\":[\"DENY\",\"ENFORCE\",0]",
                            "\"policies/prod/rules/never\":[\"DENY\",\"ENFORCE\",0]",
                            "\"policies/prod/rules/asked\":[\"REQUIRE\",\"WARN\",2]");
            assertThat(gateway.names("projects/shop/promotions")).isEmpty();
        }
    }

    @Test
    void nameThatIsNoneIsToldOffline() throws Exception {
        write(
                """
                data "drover_promotion_eligibility" "e" {
                  release     = "v1"
                  environment = "projects/shop/environments/prod"
                }
                """);
        assertThat(fail("validate")).contains("main.tf line 7", "\"v1\" is not the name of one");
    }

    private String output(String name) throws Exception {
        return cli().succeed("output", "-json", name).strip();
    }
}
