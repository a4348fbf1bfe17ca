package dev.drover.provider.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LifecycleTest extends ReattachedTest {
    private static final String FULL =
            """
            resource "sample_thing" "a" {
              name             = "alpha"
              note             = "first"
              size             = 12345678901234567890123.5
              flag             = false
              tags             = { k = "v" }
              list             = ["one", "two"]
              set              = ["b", "a"]
              any              = { deep = [1, "x", null] }
              timeout          = "10m"
              secret           = "hush"
              password_wo      = "never stored"
              password_version = 1
              one              = { title = "single" }
              stages           = [{ title = "s1" }, { title = "s2" }]
              parts            = [{ title = "p1" }, { title = "p2" }]
              rooms            = { k1 = { title = "r1" } }
            }
            """;

    LifecycleTest(Path program) {
        super(program);
    }

    @Test
    void createdThingNeedsNoSecondApply() throws Exception {
        applyFull();
        assertThat(things.get("thing-alpha").get("timeout")).isEqualTo(Value.text("10m"));
        assertThat(things.passwords).containsEntry("thing-alpha", "never stored");
        assertThat(planExit()).isZero();
    }

    @Test
    void sensitiveValueIsStoredAndWriteOnlyValueIsNot() throws Exception {
        applyFull();
        assertThat(cli().succeed("show", "-json"))
                .contains("12345678901234567890123.5", "hush")
                .doesNotContain("never stored");
        assertThat(cli().succeed("show")).doesNotContain("hush", "never stored");
    }

    @Test
    void changedNoteIsUpdatedInPlaceAndKeepsTheId() throws Exception {
        applyFull();
        cli().write(FULL.replace("\"first\"", "\"second\""));
        assertThat(cli().succeed("apply", "-auto-approve"))
                .contains("1 changed")
                .containsPattern("etag +(: \"|= \")e1\" +-> \\(known after apply\\)|~ etag")
                .doesNotContain("~ id ");
        assertThat(things.get("thing-alpha").get("note")).isEqualTo(Value.text("second"));
        assertThat(planExit()).isZero();
    }

    @Test
    void newElementsOfNestedAttributesGetTheirComputedParts() throws Exception {
        applyFull();
        cli().write(
                        FULL.replace("{ title = \"s2\" }", "{ title = \"s2\" }, { title = \"s3\" }")
                                .replace(
                                        "{ title = \"p1\" },",
                                        "{ title = \"p1\" }, { title = \"p3\" },"));
        cli().succeed("apply", "-auto-approve");
        assertThat(planExit()).isZero();
    }

    @Test
    void changedNameReplacesTheThing() throws Exception {
        applyFull();
        cli().write(FULL.replace("\"alpha\"", "\"beta\""));
        assertThat(cli().succeed("apply", "-auto-approve"))
                .contains("must be replaced", "forces replacement");
        assertThat(things.byId).containsOnlyKeys("thing-beta");
    }

    @Test
    void otherSpellingOfTheSameDurationIsNoChange() throws Exception {
        applyFull();
        cli().write(FULL.replace("\"10m\"", "\"600s\""));
        assertThat(planExit()).isZero();
    }

    @Test
    void otherOrderOfASetIsNoChange() throws Exception {
        applyFull();
        cli().write(FULL.replace("[\"b\", \"a\"]", "[\"a\", \"b\"]"));
        assertThat(planExit()).isZero();
    }

    @Test
    void emptyIsKeptApartFromUnset() throws Exception {
        String empty =
                """
                resource "sample_thing" "a" {
                  name = "alpha"
                  note = ""
                  tags = {}
                  set  = []
                }
                """;
        cli().write(empty);
        cli().succeed("apply", "-auto-approve");
        // As an API without a notion of "unset" would have it.
        things.byId.computeIfPresent(
                "thing-alpha", (id, thing) -> thing.with("note", Value.text("")));
        assertThat(planExit()).isZero();
        cli().write(empty.replace("note = \"\"\n", "").replace("tags = {}\n", ""));
        assertThat(planExit()).isEqualTo(2);
    }

    @Test
    void foreignChangeIsPlannedBack() throws Exception {
        applyFull();
        things.byId.computeIfPresent(
                "thing-alpha", (id, thing) -> thing.with("note", Value.text("meddled")));
        assertThat(cli().run("plan", "-detailed-exitcode").output())
                .contains("meddled", "0 to add, 1 to change");
    }

    @Test
    void vanishedThingIsPlannedAnew() throws Exception {
        applyFull();
        things.byId.clear();
        assertThat(cli().run("plan", "-detailed-exitcode").output()).contains("1 to add");
    }

    @Test
    void importedThingNeedsNoApply() throws Exception {
        applyFull();
        cli().succeed("state", "rm", "sample_thing.a");
        cli().succeed("import", "sample_thing.a", "thing-alpha");
        assertThat(planExit()).isZero();
    }

    @Test
    void importOfNothingFails() throws Exception {
        cli().write(FULL);
        Cli.Result result = cli().run("import", "sample_thing.a", "thing-none");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("Cannot import non-existent remote object");
    }

    @Test
    void destroyedThingIsGoneAndTheHookHasWarned() throws Exception {
        cli().write(FULL.replace("\"first\"", "\"guarded\""));
        cli().succeed("apply", "-auto-approve");
        assertThat(cli().succeed("destroy", "-auto-approve"))
                .contains("A guard goes", "1 destroyed");
        assertThat(things.byId).isEmpty();
    }

    @Test
    void valuesOfAnotherResourceMayBeUnknownAtPlan() throws Exception {
        String second =
                """
                resource "sample_thing" "b" {
                  name   = "of-${sample_thing.a.etag}"
                  note   = sample_thing.a.etag
                  list   = [sample_thing.a.etag]
                  tags   = { e = sample_thing.a.etag }
                  stages = [{ title = sample_thing.a.etag }]
                  parts  = [{ title = sample_thing.a.etag }, { title = "p" }]
                }

                data "sample_thing" "b" {
                  id = sample_thing.b.id
                }

                output "seen" {
                  value = [data.sample_thing.b.note, length(data.sample_thing.b.set)]
                }
                """;
        cli().write(FULL + second);
        cli().succeed("apply", "-auto-approve");
        assertThat(things.get("thing-of-e1").get("note")).isEqualTo(Value.text("e1"));
        assertThat(cli().succeed("output", "-json", "seen")).contains("[\"e1\",0]");
        assertThat(planExit()).isZero();
    }

    @Test
    void stateOfAnOlderSchemaIsUpgraded() throws Exception {
        applyFull();
        Path state = directory.resolve("terraform.tfstate");
        Files.writeString(
                state,
                Files.readString(state)
                        .replace("\"schema_version\": 1", "\"schema_version\": 0")
                        .replace("\"note\": \"first\"", "\"comment\": \"first\""));
        assertThat(planExit()).isZero();
    }

    @Test
    void fiftyThingsAreCreatedAtOnce() throws Exception {
        cli().write(
                        "resource \"sample_thing\" \"a\" {\n  count = 50\n  name  = \"n${count.index}\"\n}\n");
        assertThat(cli().succeed("apply", "-auto-approve", "-parallelism=20")).contains("50 added");
        assertThat(things.byId).hasSize(50);
        assertThat(planExit()).isZero();
    }

    private void applyFull() throws Exception {
        cli().write(FULL);
        cli().succeed("apply", "-auto-approve");
    }

    private int planExit() throws Exception {
        Cli.Result result = cli().run("plan", "-detailed-exitcode");
        assertThat(result.exit()).as(result.output()).isNotEqualTo(1);
        return result.exit();
    }
}
