package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.sample.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nouns as Terraform's resources and data sources, from creation to deletion. */
class ProviderLifecycleTest extends ProviderTest {
    private static final String SHOP =
            """
            resource "drover_project" "shop" {
              name         = "shop"
              display_name = "Shop"
              labels       = { team = "web" }
            }
            """;
    private static final String ENVIRONMENT =
            SHOP
                    + """
                    resource "drover_cluster" "a" {
                      name    = "a"
                      servers = ["http://127.0.0.1:4646"]
                    }
                    resource "drover_cluster" "b" {
                      name    = "b"
                      servers = ["http://127.0.0.1:4647"]
                    }
                    resource "drover_environment" "prod" {
                      project   = drover_project.shop.name
                      name      = "prod"
                      cluster   = drover_cluster.a.id
                      variables = { replicas = 2, region = "eu" }
                      job_baseline = {
                        allowed_drivers = ["exec", "docker"]
                        update          = { min_healthy_time = "1m" }
                      }
                    }
                    """;

    ProviderLifecycleTest(Path program) {
        super(program);
    }

    @Test
    void exampleOfTheQuickstartIsAppliedOnceAndDestroyedInOrder() throws Exception {
        Path examples = Repository.root().resolve("terraform-examples");
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".tf")).toList()) {
                Path copy = directory.resolve("examples").resolve(examples.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Path quickstart = directory.resolve("examples/examples/quickstart");
        Files.writeString(
                quickstart.resolve("terraform.tfvars"),
                "nomad_address = \"http://127.0.0.1:4646\"\nnomad_token_reference = \"env:NOMAD_TOKEN\"\n");
        Cli cli = cliIn(quickstart);
        cli.succeed("init", "-input=false");
        cli.succeed("apply", "-auto-approve");
        Cli.Result second = cli.run("plan", "-detailed-exitcode");
        assertThat(second.exit()).as(second.output()).isZero();
        assertThat(cli.succeed("destroy", "-auto-approve")).contains("10 destroyed");
        assertThat(gateway.names("projects")).isEmpty();
        assertThat(gateway.names("policies")).isEmpty();
    }

    @Test
    void changedNameForPeopleIsUpdatedInPlace() throws Exception {
        apply(ENVIRONMENT);
        assertNothingToDo();
        write(ENVIRONMENT.replace("\"Shop\"", "\"The shop\""));
        assertThat(cli().succeed("apply", "-auto-approve"))
                .contains("0 added, 1 changed, 0 destroyed");
        assertThat(gateway.get("projects/shop")).contains("The shop");
        assertNothingToDo();
    }

    @Test
    void attributeThatIsTakenAwayIsClearedInTheGateway() throws Exception {
        apply(ENVIRONMENT);
        apply(
                ENVIRONMENT
                        .replace("  labels       = { team = \"web\" }\n", "")
                        .replace("variables = { replicas = 2, region = \"eu\" }", ""));
        assertThat(gateway.get("projects/shop")).doesNotContain("team");
        assertThat(gateway.get("projects/shop/environments/prod")).doesNotContain("replicas");
        assertNothingToDo();
    }

    @Test
    void otherSpellingOfTheSameIsNoChange() throws Exception {
        apply(ENVIRONMENT);
        write(
                ENVIRONMENT
                        .replace("\"1m\"", "\"60s\"")
                        .replace("[\"exec\", \"docker\"]", "[\"docker\", \"exec\"]")
                        .replace(
                                "replicas = 2, region = \"eu\"",
                                "region = \"eu\", replicas = 2.0"));
        assertNothingToDo();
    }

    @Test
    void otherClusterReplacesTheEnvironment() throws Exception {
        apply(ENVIRONMENT);
        String uid = uid("projects/shop/environments/prod");
        write(ENVIRONMENT.replace("drover_cluster.a.id", "drover_cluster.b.id"));
        assertThat(cli().succeed("apply", "-auto-approve"))
                .contains("forces replacement", "1 added, 0 changed, 1 destroyed");
        assertThat(uid("projects/shop/environments/prod")).isNotEqualTo(uid);
        assertNothingToDo();
    }

    @Test
    void replacementIsPlannedWithoutARefreshToo() throws Exception {
        apply(ENVIRONMENT);
        cli().succeed(
                        "apply",
                        "-auto-approve",
                        "-refresh=false",
                        "-replace=drover_environment.prod");
        assertNothingToDo();
    }

    @Test
    void importedNounsNeedNoApply() throws Exception {
        apply(ENVIRONMENT);
        cli().succeed(
                        "state",
                        "rm",
                        "drover_project.shop",
                        "drover_cluster.a",
                        "drover_environment.prod");
        write(
                ENVIRONMENT
                        + """
                        import {
                          to = drover_project.shop
                          id = "projects/shop"
                        }
                        import {
                          to = drover_cluster.a
                          id = "clusters/a"
                        }
                        import {
                          to = drover_environment.prod
                          id = "projects/shop/environments/prod"
                        }
                        """);
        assertThat(cli().succeed("plan"))
                .contains("3 to import, 0 to add, 0 to change, 0 to destroy");
    }

    @Test
    void importByAnythingButTheResourceNameIsExplained() throws Exception {
        write(SHOP);
        assertThat(fail("import", "drover_project.shop", "shop"))
                .contains("\"shop\" is not of the form projects/{project}");
        assertThat(fail("import", "drover_project.shop", "projects/nowhere"))
                .contains("Cannot import non-existent remote object");
    }

    @Test
    void changeByOthersIsPlannedBack() throws Exception {
        apply(SHOP);
        gateway.send(
                "PATCH",
                "/v1/projects/shop?updateMask=displayName",
                "{\"displayName\": \"Meddled\"}");
        assertThat(cli().succeed("plan")).contains("Meddled", "0 to add, 1 to change");
        cli().succeed("apply", "-auto-approve");
        assertThat(gateway.get("projects/shop")).contains("\"Shop\"");
    }

    @Test
    void deletionByOthersIsPlannedAnew() throws Exception {
        apply(SHOP);
        gateway.send("DELETE", "/v1/projects/shop", "");
        assertThat(cli().succeed("apply", "-auto-approve")).contains("1 added");
        assertNothingToDo();
    }

    @Test
    void changeBetweenPlanAndApplyIsNotOverwritten() throws Exception {
        apply(SHOP);
        write(SHOP.replace("\"Shop\"", "\"The shop\""));
        cli().succeed("plan", "-out=planned");
        gateway.send(
                "PATCH",
                "/v1/projects/shop?updateMask=displayName",
                "{\"displayName\": \"Meddled\"}");
        assertThat(fail("apply", "planned"))
                .contains(
                        "Cannot update projects/shop", "changed by somebody else", "ETAG_MISMATCH");
        assertThat(gateway.get("projects/shop")).contains("Meddled");
    }

    @Test
    void whatIsProtectedIsToldBeforeAnythingIsDestroyed() throws Exception {
        String policy =
                """
                resource "drover_policy" "p" {
                  name                = "p"
                  deletion_protection = true
                  rules               = [{ id = "a", approval = { count = 1 } }]
                }
                """;
        apply(policy);
        assertThat(fail("plan", "-destroy"))
                .contains("Cannot delete policies/p", "DELETION_PROTECTED");
        assertThat(fail("plan", "-replace=drover_policy.p")).contains("Cannot delete policies/p");
        apply(policy.replace("rules ", "allow_open          = true\n  rules "));
        assertThat(cli().succeed("destroy", "-auto-approve")).contains("1 destroyed");
    }

    @Test
    void dataSourcesReadOneAndManyByAFilter() throws Exception {
        apply(
                SHOP
                        + """
                        resource "drover_project" "blog" {
                          name = "blog"
                        }
                        """);
        write(
                """
                data "drover_project" "shop" {
                  name = "shop"
                }
                data "drover_projects" "web" {
                  filter = "labels.team = \\"web\\""
                }
                output "seen" {
                  value = [data.drover_project.shop.display_name, data.drover_projects.web.projects[*].id]
                }
                """);
        cli().succeed("state", "rm", "drover_project.shop", "drover_project.blog");
        cli().succeed("apply", "-auto-approve");
        assertThat(cli().succeed("output", "-json", "seen"))
                .contains("[\"Shop\",[\"projects/shop\"]]");
        write("data \"drover_project\" \"gone\" {\n  name = \"gone\"\n}\n");
        assertThat(fail("plan")).contains("Cannot read projects/gone", "main.tf line 7");
    }

    private String uid(String name) throws Exception {
        return gateway.get(name).replaceAll("(?s).*\"uid\": ?\"([^\"]+)\".*", "$1");
    }
}
