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
    void previewTellsWhichGuardsAreLostWhereAndWhatPastPromotionsShow() throws Exception {
        Shop shop = shop("preview");
        String prod = "projects/preview/environments/prod";
        Answer deletion =
                shop.developer().run("policy", "preview", "--deletion-of", "preview").exits(0);
        assertThat(deletion.out())
                .contains(
                        "removes the guard policies/preview/rules/owners-approve from environments "
                                + prod
                                + ": approval by 1 of preview-owners is asked no more\n",
                        "The deletion of policies/preview would have blocked 0 and newly allowed 1"
                                + " of the last 1 promotions to "
                                + prod
                                + "\n");
        String stricter =
                """
                name: policies/preview
                selector: {projects: [projects/preview], environment_labels: {tier: prod}}
                rules:
                - {id: owners-approve, approval: {count: 1, groups: [preview-owners]}}
                - {id: small, expression: {expression: 'plan.place < 100'}}
                """;
        assertThat(shop.developer().reading(stricter, "policy", "preview", "-").exits(0).out())
                .isEqualTo(
                        "The change of policies/preview takes no guard away, and made no difference"
                                + " to any of the last 1 promotions\n");
        String staging = stricter.replace("tier: prod", "tier: staging");
        assertThat(shop.developer().reading(staging, "policy", "preview", "-").exits(0).out())
                .contains("removes every guard of the policy from environments " + prod);
    }

    @Test
    void revisionsTellWhoChangedWhatAndWhy() throws Exception {
        Shop shop = shop("revised");
        Drover root = GATEWAY.in("revised");
        root.reading(
                        """
                        name: policies/revised
                        selector: {projects: [projects/revised], environment_labels: {tier: prod}}
                        change_reason: nobody was there at night
                        rules:
                        - {id: owners-approve, approval: {count: 1}}
                        """,
                        "apply",
                        "policy",
                        "-f",
                        "-")
                .exits(0);
        assertThat(shop.developer().run("policy", "revisions", "revised").exits(0).out())
                .containsPattern("2 +\\S+ \\S+ +root +nobody was there at night");
        assertThat(shop.developer().run("policy", "diff", "revised").exits(0).out())
                .contains(
                        "--- revision 1, by root at ",
                        ": nobody was there at night\n",
                        "  rules[owners-approve].approval.groups[0]\n    - revised-owners\n",
                        "Warning: policies/revised/rules/owners-approve approvers widened:"
                                + " anybody may approve, was revised-owners");
        assertThat(shop.developer().run("policy", "diff", "revised", "--to", "9").exits(1).err())
                .contains("policies/revised/revisions/9 (it has 2)");
    }

    @Test
    void recordedDecisionComesOutTheSameAlsoAfterThePolicyWasEdited() throws Exception {
        Shop shop = shop("replay");
        GATEWAY.in("replay")
                .reading(
                        """
                        name: policies/replay
                        selector: {projects: [projects/replay], environment_labels: {tier: prod}}
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
