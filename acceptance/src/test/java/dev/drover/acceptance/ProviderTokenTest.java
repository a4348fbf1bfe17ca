package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tokens that live as long as a command. */
class ProviderTokenTest extends ProviderTest {
    private static final String ACCOUNT =
            """
            resource "drover_service_account" "ci" {
              name         = "ci"
              access_level = "VIEWER"
            }
            """;
    private static final String USED =
            ACCOUNT
                    + """
                    ephemeral "drover_token" "ci" {
                      service_account = drover_service_account.ci.id
                      ttl             = "10m"
                    }
                    resource "drover_project" "shop" {
                      name = "shop"
                    }
                    resource "drover_cluster" "local" {
                      name    = "local"
                      servers = ["http://127.0.0.1:4646"]
                    }
                    resource "drover_environment" "prod" {
                      project = drover_project.shop.name
                      name    = "prod"
                      cluster = drover_cluster.local.id

                      sensitive_variables_wo         = { token = ephemeral.drover_token.ci.token }
                      sensitive_variables_wo_version = "1"
                    }
                    """;

    ProviderTokenTest(Path program) {
        super(program);
    }

    @Test
    void tokenIsRevokedWhenTheCommandEndsAndIsInNoState() throws Exception {
        apply(ACCOUNT);
        write(USED);
        String said = cli().succeed("apply", "-auto-approve");
        assertThat(said).contains("ephemeral.drover_token.ci");
        assertThat(gateway.get("projects/shop/environments/prod"))
                .contains("\"sensitiveVariableDigests\"", "\"token\"");
        assertThat(gateway.send("GET", "/v1/serviceAccounts/ci/tokens", ""))
                .doesNotContain("serviceAccounts/ci/tokens/");
        assertThat(cli().succeed("state", "pull")).doesNotContain("serviceAccounts/ci/tokens/");
        assertNothingToDo();
    }

    @Test
    void accountThatIsNotThereIsTold() throws Exception {
        write(
                "ephemeral \"drover_token\" \"t\" {\n  service_account = \"serviceAccounts/no\"\n}\n");
        assertThat(fail("plan"))
                .contains("Cannot issue a token of serviceAccounts/no", "NOT_FOUND");
    }

    @Test
    void mistakesAreToldOfflineAtTheirAttribute() throws Exception {
        write(
                """
                ephemeral "drover_token" "t" {
                  service_account = "ci"
                  ttl             = "soon"
                }
                """);
        assertThat(fail("validate"))
                .contains(
                        "main.tf line 7",
                        "\"ci\" is not the resource name of a service account",
                        "main.tf line 8",
                        "\"soon\" is no duration");
    }
}
