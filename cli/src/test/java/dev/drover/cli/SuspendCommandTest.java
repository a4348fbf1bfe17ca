package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code suspend} and {@code unsuspend}, against a gateway. */
class SuspendCommandTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    private static Drover declared(String id) {
        Drover drover = GATEWAY.in(id);
        Samples.baseline(id)
                .forEach((noun, document) ->
                        drover.reading(document, "apply", noun, "-f", "-").exits(0));
        return drover;
    }

    @Test
    void stoppedLineIsShownInStatusAndEndsWithALift() {
        Drover drover = declared("halted");
        assertThat(
                        drover.run("suspend", "staging", "-reason", "fire", "--for", "1h30m")
                                .exits(0)
                                .out())
                .startsWith(
                        "suspensions/staging-1: the line is stopped in projects/halted/environments/staging since ")
                .contains(", until ", ": fire");

        assertThat(drover.run("status").exits(0).out())
                .contains("SUSPENDED suspensions/staging-1: the line is stopped", "(SUSPENDED)");
        JsonNode listed = drover.run("list", "suspensions", "-o", "json").exits(0).json();
        assertThat(listed.findValuesAsText("halts")).contains("NEW_PROMOTIONS");

        assertThat(drover.run("unsuspend", "staging-1", "--reason", "out").exits(0).out())
                .startsWith("Lifted: suspensions/staging-1");
        assertThat(drover.run("status").exits(0).out()).doesNotContain("SUSPENDED");
        assertThat(drover.run("unsuspend", "staging-1", "--reason", "out").exits(1).err())
                .contains("suspensions/staging-1 does not exist", "NOT_FOUND");
    }

    @Test
    void wholeProjectAndEverythingAreNamedByOptions() {
        Drover drover = declared("wide");
        assertThat(
                        drover.run("suspend", "--reason", "audit", "--rollouts", "-o", "json")
                                .exits(0)
                                .json()
                                .path("scope")
                                .asText())
                .isEqualTo("projects/wide");
        JsonNode everything =
                drover.run("suspend", "--everything", "--reason", "x", "-o", "json")
                        .exits(0)
                        .json();
        assertThat(everything.path("scope").asText()).isEmpty();
        drover.run("unsuspend", everything.path("name").asText(), "--reason", "over").exits(0);
        assertThat(drover.run("suspend", "staging", "--everything", "--reason", "x").exits(1).err())
                .contains("exclude one another");
    }

    @Test
    void whatCannotBeMeantIsRefusedAtItsField() {
        Drover drover = declared("slips");
        assertThat(drover.run("suspend", "pord", "--reason", "x").exits(1).err())
                .contains("scope: 'projects/slips/environments/pord' does not exist");
        assertThat(drover.run("suspend", "--reason", "x", "--for", "soon").exits(1).err())
                .contains("--for soon is no time");
        assertThat(drover.run("suspend", "--reason", "x", "--for", "900d").exits(1).err())
                .contains("duration: must be longer than nothing, and at most 366 days");
        assertThat(drover.run("suspend", "--reason", "x", "--pin", "slips/1").exits(1).err())
                .contains("release: pins an environment; name one as the scope");
        assertThat(drover.run("suspend", "--reason", "x", "--kind", "NEW").exits(1).err())
                .contains("kinds[0]: must be one of RELEASE");
        assertThat(drover.run("suspend", "staging", "--reason", " ").exits(1).err())
                .contains("reason");
    }
}
