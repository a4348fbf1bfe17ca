package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/verification.md against Terraform, the provider and the gateway. */
class VerificationGuideTest extends ProviderTest {
    private static final Pattern EXAMPLE = Pattern.compile("```hcl\n(.*?)\n```", Pattern.DOTALL);

    private static final String BASE =
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
            }
            resource "drover_pipeline" "main" {
              project = drover_project.shop.name
              name    = "main"
              stages  = [{ id = "prod", environments = [drover_environment.prod.id] }]
            }
            """;

    VerificationGuideTest(Path program) {
        super(program);
    }

    private static String examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Repository.root().resolve("docs/verification.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining("\n"))
                .replace("\"shop\"", "drover_project.shop.name")
                .replace("\"projects/shop/pipelines/main\"", "drover_pipeline.main.id");
    }

    @Test
    void everyExampleIsAppliedAndLeavesNothingToDo() throws Exception {
        String all = BASE + examples();
        assertThat(all.split("resource \"drover_verification\"", -1)).hasSizeGreaterThan(7);
        apply(all);
        assertNothingToDo();
    }

    @Test
    void conditionThatDoesNotTypeCheckIsToldByValidateWithItsPlace() throws Exception {
        write(
                """
                resource "drover_verification" "ready" {
                  project = "shop"
                  name    = "ready"
                  http = {
                    url               = "https://web.example/{{relaese}}"
                    success_condition = "status == '200'"
                  }
                }
                """);
        assertThat(fail("validate"))
                .contains(
                        "Invalid verification",
                        "http.success_condition",
                        "line 1, column 8",
                        "did you mean {{release}}?");
    }
}
