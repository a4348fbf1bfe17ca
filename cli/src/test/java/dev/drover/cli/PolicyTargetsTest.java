package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code policy targets}, against a gateway. */
class PolicyTargetsTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    private static Drover declared(String id) {
        Drover drover = GATEWAY.in(id);
        Samples.baseline(id)
                .forEach((noun, document) ->
                        drover.reading(document, "apply", noun, "-f", "-").exits(0));
        drover.reading(
                        "{name: projects/%s, labels: {unit: %s}}".formatted(id, id),
                        "apply",
                        "project",
                        "-f",
                        "-")
                .exits(0);
        return drover;
    }

    private static Answer targets(Drover drover, String selector, String rules) {
        return drover.reading(
                "{name: tried, selector: {%s}, rules: [%s]}".formatted(selector, rules),
                "policy",
                "targets",
                "-f",
                "-");
    }

    @Test
    void whatAPolicyGuardsIsToldBeforeItIsSaved() {
        Drover drover = declared("targeted");
        String rule = "{id: ok, expression: {expression: 'true'}}";

        assertThat(targets(drover, "project_labels: {unit: targeted}", rule).exits(0).out())
                .isEqualTo(
                        """
                        policies/tried guards 1 place, and would have guarded 0 promotions of the last 30 days
                        ENVIRONMENT                             APPLICATION
                        projects/targeted/environments/staging  projects/targeted/applications/shop
                        """);
        assertThat(drover.run("policy", "targets", "targeted").exits(0).out())
                .startsWith("policies/targeted guards 1 place");
        JsonNode json =
                drover.reading(
                                "{name: tried, selector: {projects: [projects/targeted]}, rules: []}",
                                "policy",
                                "targets",
                                "-f",
                                "-",
                                "-o",
                                "json")
                        .exits(0)
                        .json();
        assertThat(json.path(0).path("totalSize").asInt()).isEqualTo(1);
        assertThat(drover.run("policy", "targets").exits(1).err())
                .isEqualTo("Error: needs one of POLICY and --file FILE\n");
    }

    @Test
    void selectorThatMatchesNothingIsWarnedOfWithTheReason() {
        Drover drover = declared("unmatched");
        String rule = "{id: ok, expression: {expression: 'true'}}";
        String here = "projects: [projects/unmatched], ";

        assertThat(targets(drover, here + "environment_labels: {tier: prd}", rule).out())
                .contains(
                        "guards 0 places",
                        "Warning: the selector selects nothing: no environment has tier = \"prd\"; there is staging");
        assertThat(targets(drover, here + "application_labels: {tier: a}", rule).out())
                .contains("nothing: no application has tier = \"a\"\n");
        assertThat(targets(drover, here + "project_labels: {unit: x}", rule).out())
                .contains("nothing: no project has unit = \"x\"; there is unmatched");
        assertThat(targets(drover, "projects: [projects/none]", rule).out())
                .contains("nothing: there is no project");
    }

    @Test
    void windowsThatAreNeverOpenTogetherAreWarnedOfWithTheRules() {
        Drover drover = declared("shut");
        drover.reading(
                        """
                        name: policies/shut
                        selector: {projects: [projects/shut]}
                        rules:
                        - id: weekdays
                          window: {mode: ALLOW, zone: UTC, windows: [{cron: '0 0 * * 1-5', duration: 86400s}]}
                        """,
                        "apply",
                        "policy",
                        "-f",
                        "-")
                .exits(0);
        String weekend =
                "{id: weekend, window: {mode: ALLOW, zone: UTC, windows: [{cron: '0 0 * * 6,0', duration: 86400s}]}}";

        assertThat(targets(drover, "projects: [projects/shut]", weekend).exits(0).out())
                .contains(
                        "Warning: projects/shut/environments/staging: nothing may run in the ten years from ",
                        "policies/shut/rules/weekdays and policies/tried/rules/weekend are never open at the same time");
        assertThat(targets(drover, "projects: [projects/shut], kinds: [STOP]", weekend).out())
                .doesNotContain("Warning");
        assertThat(
                        targets(
                                        drover,
                                        "projects: [projects/shut]",
                                        weekend.replace("{id", "{enforcement: WARN, id"))
                                .out())
                .doesNotContain("Warning");
    }

    @Test
    void kindsOfPromotionAreSelected() {
        Drover drover = declared("kinds");
        String policy =
                """
                name: policies/kinds
                selector: {projects: [projects/kinds], kinds: [SCALE]}
                rules:
                - {id: shut, window: {mode: DENY, zone: UTC, windows: [{start: '2020-01-01', end: '2199-12-31'}]}}
                """;
        drover.reading(policy, "apply", "policy", "-f", "-").exits(0);

        assertThat(drover.run("windows", "staging", "--kind", "SCALE").exits(0).out())
                .startsWith("closed\n");
        assertThat(drover.run("windows", "staging").exits(0).out()).startsWith("open\n");
        assertThat(
                        drover.reading(
                                        policy.replace("SCALE", "WALK"),
                                        "apply",
                                        "policy",
                                        "-f",
                                        "-")
                                .exits(1)
                                .err())
                .contains("policy.selector.kinds[0]");
    }
}
