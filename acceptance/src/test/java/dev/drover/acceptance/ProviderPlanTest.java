package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What the gateway objects to is told while Terraform plans, where it stands in the configuration.
 */
class ProviderPlanTest extends ProviderTest {
    private static final String BASE =
            """
            resource "drover_project" "shop" {
              name = "shop"
            }
            resource "drover_cluster" "local" {
              name    = "local"
              servers = ["http://127.0.0.1:4646"]
            }
            """;

    ProviderPlanTest(Path program) {
        super(program);
    }

    @Test
    void missingReferenceIsToldAtItsAttribute() throws Exception {
        apply(BASE);
        write(
                BASE
                        + """
                        resource "drover_environment" "prod" {
                          project = "shop"
                          name    = "prod"
                          cluster = "clusters/nowhere"
                        }
                        """);
        assertThat(fail("plan"))
                .contains(
                        "Cannot create projects/shop/environments/prod",
                        "main.tf line 16",
                        "'clusters/nowhere' does not exist");
    }

    @Test
    void missingProjectIsToldAtTheProject() throws Exception {
        apply(BASE);
        write(
                BASE
                        + """
                        resource "drover_environment" "prod" {
                          project = "shpo"
                          name    = "prod"
                          cluster = drover_cluster.local.id
                        }
                        """);
        assertThat(fail("plan")).contains("main.tf line 14", "'projects/shpo' does not exist");
    }

    @Test
    void whatTheSamePlanCreatesIsNotMissing() throws Exception {
        apply(
                BASE
                        + """
                        resource "drover_environment" "prod" {
                          project    = "shop"
                          name       = "prod"
                          cluster    = "clusters/local"
                          depends_on = [drover_project.shop, drover_cluster.local]
                        }
                        resource "drover_pipeline" "main" {
                          project = drover_project.shop.name
                          name    = "main"
                          stages  = [{ id = "prod", environments = [drover_environment.prod.id] }]
                        }
                        """);
        assertNothingToDo();
    }

    @Test
    void mistakeDeepInAListIsToldAtItsElement() throws Exception {
        String environments =
                BASE
                        + """
                        resource "drover_environment" "e" {
                          for_each = toset(["a", "b"])
                          project  = drover_project.shop.name
                          name     = each.key
                          cluster  = drover_cluster.local.id
                          namespace = each.key
                        }
                        """;
        apply(environments);
        write(
                environments
                        + """
                        resource "drover_pipeline" "main" {
                          project = drover_project.shop.name
                          name    = "main"
                          stages = [
                            { id = "a", environments = [drover_environment.e["a"].id] },
                            { id = "b", environments = [drover_environment.e["b"].id], after = ["c"] },
                          ]
                        }
                        """);
        assertThat(fail("plan"))
                .contains(
                        "Cannot create projects/shop/pipelines/main",
                        "main.tf line 25",
                        "stages[1].after");
    }

    @Test
    void takenNameIsToldWithHowToImport() throws Exception {
        gateway.send("POST", "/v1/projects?projectId=shop", "{}");
        write(BASE);
        assertThat(fail("plan"))
                .contains(
                        "Cannot create projects/shop",
                        "main.tf line 7",
                        "projects/shop exists already");
    }

    @Test
    void valuesOfOtherResourcesMayBeUnknown() throws Exception {
        apply(
                """
                resource "terraform_data" "later" {
                  input = "later"
                }
                resource "drover_project" "shop" {
                  name         = "shop"
                  display_name = terraform_data.later.output
                  labels       = { seen = terraform_data.later.output }
                }
                resource "drover_project" "named" {
                  name = "named-${terraform_data.later.output}"
                }
                resource "drover_policy" "p" {
                  name = "p"
                  rules = [
                    { id = "fixed", approval = { count = 1 } },
                    { id = terraform_data.later.output, expression = { expression = "release.id != '${terraform_data.later.id}'" } },
                  ]
                }
                """);
        assertThat(gateway.names("projects"))
                .containsExactly("projects/named-later", "projects/shop");
        assertNothingToDo();
    }

    @Test
    void providerWhoseAddressIsNotKnownYetPlansWithoutAGateway() throws Exception {
        apply(
                """
                resource "terraform_data" "address" {
                  input = "%s"
                }
                provider "drover" {
                  address = terraform_data.address.output
                }
                resource "drover_project" "shop" {
                  name = "shop"
                }
                """
                        .formatted(gateway.address()));
        assertThat(gateway.names("projects")).containsExactly("projects/shop");
        assertNothingToDo();
    }

    @Test
    void wrongTokenIsToldWithWhereItComesFrom() throws Exception {
        write(
                """
                provider "drover" {
                  token = "wrong"
                }
                """
                        + BASE);
        assertThat(fail("plan"))
                .contains("Set the provider's token, or DROVER_TOKEN", "NOT_AUTHENTICATED");
    }

    @Test
    void gatewayThatIsDownIsToldWithItsAddress() throws Exception {
        apply(BASE);
        gateway.close();
        assertThat(fail("plan")).contains("No gateway answers at " + gateway.address());
    }
}
