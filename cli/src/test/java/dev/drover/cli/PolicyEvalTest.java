package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy eval}, over files, and over what the rules saw of a promotion on a real Nomad. */
class PolicyEvalTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    private static Answer over(String input, String expression, String... more) {
        return Drover.with(more).reading(input, "policy", "eval", expression, "--input", "-");
    }

    @Test
    void everyPartIsToldWithItsValue() {
        String input = "plan: {place: 3, drivers: [docker, exec]}\nenvironment: {id: prod}\n";

        assertThat(
                        over(input, "plan.place < 3 || plan.drivers.exists(d, d == \"exec\")")
                                .exits(0)
                                .out())
                .isEqualTo(
                        """
                        true
                          plan.place < 3 || plan.drivers.exists(d, d == "exec") = true
                            plan.place < 3 = false
                              plan.place = 3
                            plan.drivers.exists(d, d == "exec") = true
                              plan.drivers = ["docker", "exec"]
                              d == "exec" = true (of several, true and false)
                        """);
        assertThat(over(input, "environment.name + ' ' + promotion.kind").exits(0).out())
                .startsWith("projects/test/environments/prod RELEASE\n");
        JsonNode json = over(input, "plan.place == 3", "-o", "json").exits(0).json();
        assertThat(json.path("value").asBoolean()).isTrue();
        assertThat(json.path("parts").path(1).path("part").asText()).isEqualTo("plan.place");
        assertThat(json.path("parts").path(1).path("value").asText()).isEqualTo("3");
    }

    @Test
    void whatCannotBeEvaluatedIsTold() throws Exception {
        String input = "plan: {place: 3}\n";
        assertThat(over(input, "release.labels[\"team\"] == \"a\"").exits(3).out())
                .startsWith("cannot be evaluated, which counts as a no: line 1, column ");
        assertThat(
                        over(input, "release.labels[\"team\"] == \"a\"", "-o", "json")
                                .exits(3)
                                .json()
                                .path("failure")
                                .path("code")
                                .asText())
                .isEqualTo("MISSING_KEY");
        assertThat(over(input, "plan.plaec == 3").exits(1).err())
                .isEqualTo(
                        """
                        Error: line 1, column 6: there is no field `plaec`; did you mean `place`?
                            plan.plaec == 3
                                 ^
                        """);
        assertThat(over("plan: {plac: 3}\n", "true").exits(1).err())
                .startsWith(
                        "Error: standard input:1:8: plan: there is no field plac; did you mean place");
        assertThat(Drover.plain("policy", "eval", "true").exits(1).err())
                .contains("--promotion", "--input");
        Path two = Files.writeString(directory.resolve("two.yaml"), "plan: {}\n---\nplan: {}\n");
        assertThat(Drover.plain("policy", "eval", "true", "--input", two.toString()).exits(1).err())
                .contains("two.yaml must hold one document, not 2");
    }

    @Test
    void whatTheRulesSawOfAPromotionIsEvaluated() throws Exception {
        Shop shop = new Shop("evaluated", GATEWAY, NOMAD, directory);
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "staged").exits(0);

        assertThat(
                        shop.developer()
                                .run(
                                        "policy",
                                        "eval",
                                        "environment.id == 'staging' && plan.created_jobs == ['web']",
                                        "--promotion",
                                        "staged")
                                .exits(0)
                                .out())
                .startsWith("true\n")
                .contains("plan.created_jobs = [\"web\"]");
        assertThat(
                        shop.developer()
                                .run("policy", "eval", "true", "--promotion", "none")
                                .exits(1)
                                .err())
                .contains("projects/evaluated/promotions/none");
    }
}
