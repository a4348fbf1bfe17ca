package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.provider.sample.Cli;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Many resources, secrets, and gateways that come and go. */
class ProviderTroubleTest extends ProviderTest {
    private static final String MANY =
            """
            resource "drover_project" "p" {
              count = 50
              name  = "p${count.index}"
            }
            """;

    ProviderTroubleTest(Path program) {
        super(program);
    }

    @Test
    void fiftyResourcesAreCreatedTenAtATime() throws Exception {
        write(MANY);
        assertThat(cli().succeed("apply", "-auto-approve", "-parallelism=10")).contains("50 added");
        assertThat(gateway.names("projects")).hasSize(50);
        assertNothingToDo();
    }

    @Test
    void gatewayThatIsRestartedInMidApplyIsWaitedFor() throws Exception {
        write(MANY);
        Process apply = cli().start("apply", "-auto-approve", "-parallelism=2");
        await().atMost(Duration.ofSeconds(60)).until(() -> !gateway.names("projects").isEmpty());
        gateway.restart();
        Cli.Result result = cli().finish(apply);
        assertThat(result.output()).contains("50 added");
        assertThat(gateway.names("projects")).hasSize(50);
        assertNothingToDo();
    }

    @Test
    void secretsAreInNoPlanAndNoState() throws Exception {
        String hcl =
                """
                variable "key" {
                  ephemeral = true
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

                  sensitive_variables_wo         = { key = var.key }
                  sensitive_variables_wo_version = "1"
                }
                """;
        write(hcl);
        cli().succeed("apply", "-auto-approve", "-var=key=hush-hush-1");
        String first = gateway.get("projects/shop/environments/prod");
        assertThat(first).contains("sensitiveVariableDigests").doesNotContain("hush-hush");
        // The value alone is no change: nobody knows the old one.
        assertThat(cli().run("plan", "-detailed-exitcode", "-var=key=hush-hush-2").exit()).isZero();

        write(hcl.replace("_version = \"1\"", "_version = \"2\""));
        cli().succeed("plan", "-out=planned", "-var=key=hush-hush-2");
        assertThat(cli().succeed("show", "-json", "planned")).doesNotContain("hush-hush");
        cli().succeed("apply", "-var=key=hush-hush-2", "planned");
        assertThat(cli().succeed("show", "-json")).doesNotContain("hush-hush");
        assertThat(digest(gateway.get("projects/shop/environments/prod")))
                .isNotEqualTo(digest(first));
    }

    private static String digest(String environment) {
        return environment.replaceAll("(?s).*\"sensitiveVariableDigests\": ?(\\{[^}]*}).*", "$1");
    }
}
