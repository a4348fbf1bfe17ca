package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is told of policies while Terraform plans to change or to destroy them. */
class ProviderPolicyTest extends ProviderTest {
    private static final String SHOP =
            """
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
              labels  = { tier = "prod" }
            }
            """;
    private static final String POLICY =
            """
            resource "drover_policy" "p" {
              name          = "p"
              change_reason = "two pairs of eyes"
              selector      = { environment_labels = { tier = "prod" } }
              rules         = [{ id = "people", approval = { count = 2, groups = ["owners"] } }]
            }
            """;

    ProviderPolicyTest(Path program) {
        super(program);
    }

    @Test
    void guardThatIsLostOrWeakenedIsAWarningOfThePlan() throws Exception {
        gateway.people(3, "owners");
        apply(SHOP + POLICY);
        write(SHOP + POLICY.replace("count = 2", "count = 1"));
        assertThat(line(cli().succeed("plan")))
                .contains(
                        "Warning: The change of policies/p is felt by promotions",
                        "weakens the guard policies/p/rules/people of environments",
                        "projects/shop/environments/prod: 1 must approve, were 2.");

        write(SHOP + POLICY.replace("tier = \"prod\" } }", "tier = \"attic\" } }"));
        assertThat(line(cli().succeed("plan")))
                .contains(
                        "removes every guard of the policy from environments",
                        "leaves environments without any guard: projects/shop/environments/prod.");

        write(SHOP);
        assertThat(line(cli().succeed("plan")))
                .contains(
                        "Warning: The deletion of policies/p is felt by promotions",
                        "removes the guard policies/p/rules/people from environments"
                                + " projects/shop/environments/prod");
    }

    @Test
    void changeThatWeakensNothingIsNoWarning() throws Exception {
        gateway.people(3, "owners");
        apply(SHOP + POLICY);
        write(SHOP + POLICY.replace("count = 2", "count = 3"));
        assertThat(cli().succeed("plan")).contains("1 to change").doesNotContain("Warning");
    }
}
