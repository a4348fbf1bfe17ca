package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What cannot be meant is told by {@code validate}, where it stands, without a gateway. */
class ProviderChecksTest extends ProviderTest {
    ProviderChecksTest(Path program) {
        super(program);
    }

    @Test
    void strategiesAndWavesAreToldWhereTheyStand() throws Exception {
        gateway.close();
        write(
                """
                resource "drover_application" "web" {
                  project  = "shop"
                  name     = "web"
                  pipeline = "projects/shop/pipelines/main"
                  jobs = [
                    { id = "web" },
                    { id = "db", wave = 2 },
                  ]
                  strategy = {
                    canary = {
                      steps = [
                        { percent = 50 },
                        { percent = 10, bake = "721h" },
                      ]
                    }
                  }
                }
                """);
        assertThat(fail("validate"))
                .contains(
                        "jobs[1].wave: 2 follows 0, and wave 1 has no jobs",
                        "strategy.canary.steps[1].percent: 10 does not go beyond the 50 of the step before",
                        "strategy.canary.steps[1].bake: 721h is not between 0s and 720h");
    }

    @Test
    void valuesThatAreNotKnownYetAreNotCompared() throws Exception {
        write(
                """
                variable "steps" {
                  type = list(object({ percent = number }))
                }
                variable "first" {
                  type = number
                }
                resource "drover_application" "web" {
                  project  = "shop"
                  name     = "web"
                  pipeline = "projects/shop/pipelines/main"
                  jobs     = [{ id = "web", wave = var.first }, { id = "db", wave = 2 }]
                  strategy = { canary = { steps = var.steps } }
                }
                """);
        cli().succeed("validate");
        assertThat(fail("plan", "-var=first=0", "-var=steps=[{percent=50},{percent=10}]"))
                .contains(
                        "jobs[1].wave: 2 follows 0",
                        "strategy.canary.steps[1].percent: 10 does not go beyond the 50");
        assertThat(fail("plan", "-var=first=1", "-var=steps=[{percent=10},{percent=50}]"))
                .doesNotContain("Invalid application")
                .contains("'projects/shop' does not exist");
    }
}
