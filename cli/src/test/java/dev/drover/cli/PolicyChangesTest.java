package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What past promotions tell of policies, on a real Nomad. */
class PolicyChangesTest {
    private static final Pattern DIGEST = Pattern.compile("--digest ([0-9a-f]{64})");

    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    /** Staging, then prod, which an owner approves. */
    private Shop shop(String project) throws Exception {
        Shop shop = new Shop(project, GATEWAY, NOMAD, directory);
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "staged").exits(0);
        Matcher digest = DIGEST.matcher(shop.promote("1", "prod", "live").exits(2).out());
        assertThat(digest.find()).isTrue();
        shop.owner().run("approve", "live", "--digest", digest.group(1), "--follow").exits(0);
        return shop;
    }

    @Test
    void backtestTellsWhatCandidatesWouldHaveDoneToPromotions() throws Exception {
        Shop shop = shop("backtest");
        String candidate =
                """
                name: policies/backtest
                selector: {projects: [projects/backtest], environment_labels: {tier: prod}}
                rules:
                - id: few
                  expression: {expression: 'plan.place + plan.canaries < 1'}
                """;
        Answer told =
                shop.developer()
                        .reading(candidate, "policy", "backtest", "-", "--environment", "prod")
                        .exits(0);
        assertThat(told.out())
                .contains(
                        "of 1 promotions: 1 newly blocked, 0 newly allowed",
                        shop.promotion("live") + "  newly blocked  policies/backtest/rules/few");

        JsonNode deletion =
                shop.developer()
                        .run("policy", "backtest", "--deletion-of", "backtest", "-o", "json")
                        .exits(0)
                        .json();
        assertThat(deletion.path("findings").path(0).path("effect").asText())
                .isEqualTo("NEWLY_ALLOWED");
        assertThat(deletion.path("findings").path(0).path("rule").asText())
                .isEqualTo("policies/backtest/rules/owners-approve");
        String broken = candidate.replace("plan.place", "plan.placed");
        assertThat(shop.developer().reading(broken, "policy", "backtest", "-").exits(1).err())
                .contains("policies/backtest: ", "did you mean `place`");
        assertThat(shop.developer().run("policy", "backtest").exits(1).err())
                .contains("give either a FILE or --deletion-of POLICY");
    }

    @Test
    void recordedDecisionComesOutTheSameAlsoAfterThePolicyWasEdited() throws Exception {
        Shop shop = shop("replay");
        GATEWAY.in("replay")
                .reading(
                        """
                        name: policies/replay
                        rules: [{id: nobody, expression: {expression: 'false'}}]
                        """,
                        "apply",
                        "policy",
                        "-f",
                        "-")
                .exits(0);

        Answer last = shop.developer().run("policy", "replay", "live").exits(0);
        assertThat(last.out())
                .contains(shop.promotion("live") + ": ALLOW at ", "policies/replay revision 1")
                .endsWith("Same: every byte of it comes out again\n");
        JsonNode first =
                shop.developer()
                        .run("policy", "replay", "live", "--number", "1", "-o", "json")
                        .exits(0)
                        .json();
        assertThat(first.path("recorded").path("decision").path("verdict").asText())
                .isEqualTo("REQUIRE");
        assertThat(first.path("same").asBoolean()).isTrue();
        assertThat(shop.developer().run("policy", "replay", "live", "--number", "9").exits(1).err())
                .contains("NOT_FOUND", "live/decisions/9");
    }
}
