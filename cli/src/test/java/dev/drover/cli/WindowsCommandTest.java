package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code windows}, against a gateway. */
class WindowsCommandTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    private static Drover declared(String id, String rules) {
        Drover drover = GATEWAY.in(id);
        Samples.baseline(id)
                .forEach((noun, document) -> {
                    String text =
                            noun.equals("policy")
                                    ? "{name: policies/%s, selector: {projects: [projects/%s]}, rules: [%s]}"
                                            .formatted(id, id, rules)
                                    : document;
                    drover.reading(text, "apply", noun, "-f", "-").exits(0);
                });
        return drover;
    }

    @Test
    void aFreezeIsToldWithItsEndAndTheRuleThatCloses() {
        Drover drover =
                declared(
                        "frozen",
                        """
                        {id: freeze, window: {mode: DENY, zone: UTC, windows: [{title: audit, start: '2020-01-01', end: '2199-12-31'}]}},
                        {id: watched, enforcement: SHADOW, window: {mode: DENY, calendars: [calendars/frozen]}}
                        """);

        assertThat(drover.run("windows", "staging", "--days", "2").exits(0).out())
                .startsWith("closed\n")
                .contains(
                        "Warning: nothing may run in the ten years from ",
                        ": policies/frozen/rules/freeze does not open by itself",
                        "policies/frozen/rules/freeze: closed, and does not open within ten years (audit)",
                        "policies/frozen/rules/watched: open until ",
                        "FROM",
                        "closed  policies/frozen/rules/freeze");
        JsonNode json = drover.run("windows", "staging", "-o", "json").exits(0).json();
        assertThat(json.path("windows")).hasSize(1);
        assertThat(json.path("windows").path(0).path("closedBy").path(0).asText())
                .isEqualTo("policies/frozen/rules/freeze");
        assertThat(json.has("nextOpenTime")).isFalse();
    }

    @Test
    void whatDoesNotHoldForAKindIsLeftOut() {
        Drover drover =
                declared(
                        "scaled",
                        """
                        {id: freeze, window: {mode: DENY, kinds: [RELEASE], zone: UTC, windows: [{cron: '0 0 * * *', duration: 86400s}]}}
                        """);

        assertThat(drover.run("windows", "staging").exits(0).out()).startsWith("closed\n");
        assertThat(drover.run("windows", "staging", "--kind", "SCALE").exits(0).out())
                .startsWith("open\n")
                .doesNotContain("freeze");
        assertThat(drover.run("windows", "staging", "--kind", "WALK").exits(1).err())
                .contains("kind must be one of RELEASE, ROLLBACK, SCALE, RESTART, STOP");
        assertThat(drover.run("windows", "staging", "--days", "400").exits(1).err())
                .contains("duration must be longer than nothing, and at most 366 days");
        assertThat(drover.run("windows", "gone").exits(1).err()).contains("does not exist");
    }
}
