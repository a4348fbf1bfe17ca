package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code audit}, {@code watch}, {@code token} and an empty {@code status}. */
class ReadCommandsTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    @TempDir Path directory;

    @Test
    void auditListTellsWhoDidWhatAndWhen() {
        Drover drover = GATEWAY.in("audited");
        drover.reading("name: projects/audited", "apply", "project", "-f", "-").exits(0);
        drover.reading("{name: projects/audited, display_name: A}", "apply", "project", "-f", "-")
                .exits(0);
        Drover list = drover.and("--filter", "resource = \"projects/audited\"");

        assertThat(list.run("audit", "list").exits(0).out().lines().toList())
                .satisfiesExactly(
                        heading ->
                                assertThat(heading)
                                        .matches(
                                                "SEQ +TIME \\(UTC\\) +ACTOR +ACTION +RESOURCE +WHAT"),
                        first ->
                                assertThat(first)
                                        .matches(
                                                "\\d+ +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d .*")
                                        .contains("root", "project.create", "projects/audited"),
                        second -> assertThat(second).contains("project.update", "display_name"));
        JsonNode entries = list.run("audit", "list", "-o", "json").exits(0).json();
        assertThat(entries).hasSize(2);
        assertThat(entries.path(0).path("createTime").asText()).endsWith("Z").contains("T");
        assertThat(list.run("audit", "list", "--limit", "1").exits(0).out())
                .contains("project.update")
                .doesNotContain("project.create");
        assertThat(list.run("audit", "list", "--limit", "0").exits(1).err())
                .contains("--limit is 0");
        Answer none = drover.run("audit", "list", "--filter", "resource = \"projects/none\"");
        assertThat(none.exits(0).err()).contains("There are no entries like that.");
        assertThat(drover.run("audit", "list", "--filter", "resource ==").exits(1).err())
                .contains("INVALID_QUERY");
    }

    @Test
    void auditVerifyTellsTheRootHash() {
        Drover drover = GATEWAY.in("verified");
        drover.reading("name: projects/verified", "apply", "project", "-f", "-").exits(0);

        assertThat(drover.run("audit", "verify").exits(0).line())
                .matches("Intact: \\d+ entr(y|ies), root hash [0-9a-f]{64}");
        assertThat(drover.run("audit", "verify", "-o", "json").json().path("intact").asBoolean())
                .isTrue();
    }

    @Test
    void statusOfAProjectWithoutPromotionsSaysSo() {
        Drover drover = GATEWAY.in("idle");
        drover.reading("name: projects/idle", "apply", "project", "-f", "-").exits(0);

        Answer status = drover.run("status").exits(0);
        assertThat(status.out()).isEmpty();
        assertThat(status.err())
                .contains("projects/idle has no application with a pipeline of environments.");
        assertThat(drover.run("status", "-o", "json").exits(0).json()).isEmpty();
    }

    @Test
    void tokenWorksUntilItIsRevoked() {
        Drover root = GATEWAY.in("tokens");
        root.reading(
                        "{name: serviceAccounts/robot, access_level: VIEWER}",
                        "apply",
                        "service-account",
                        "-f",
                        "-")
                .exits(0);
        JsonNode issued =
                root.run("token", "issue", "robot", "--ttl", "PT1H", "-o", "json").exits(0).json();
        Drover robot = GATEWAY.as(issued.path("secret").asText(), "tokens");
        robot.run("list", "projects").exits(0);
        assertThat(robot.run("delete", "serviceAccount", "robot").exits(1).err())
                .contains("PERMISSION_DENIED");

        String token = issued.path("token").path("name").asText();
        assertThat(root.run("token", "revoke", token).exits(0).line())
                .isEqualTo("Revoked " + token);
        assertThat(robot.run("list", "projects").exits(1).err()).contains("NOT_AUTHENTICATED");
    }

    @Test
    void watchTellsChangesInALineEach() throws Exception {
        Drover drover = GATEWAY.in("watched");
        drover.reading("name: projects/watched", "apply", "project", "-f", "-").exits(0);
        var environment =
                Map.of("DROVER_ADDR", GATEWAY.address(), "DROVER_TOKEN", LiveGateway.TOKEN);
        String filter = "name = \"projects/watched\"";
        try (DroverProcess text =
                        DroverProcess.start(
                                directory, environment, "watch", "projects", "--filter", filter);
                DroverProcess json =
                        DroverProcess.start(
                                directory,
                                environment,
                                "watch",
                                "projects",
                                "--filter",
                                filter,
                                "-o",
                                "json")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            text.out().contains("projects/watched")
                                    && json.out().contains("projects/watched"));
            drover.run("delete", "project", "watched").exits(0);
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            text.out().contains("deleted  projects/watched\n")
                                    && json.out().contains("\"deleted\":"));
            assertThat(text.out()).startsWith("changed  projects/watched\n");
            ObjectMapper mapper = new ObjectMapper();
            for (String line : json.out().lines().toList()) {
                assertThat(mapper.readTree(line).isObject()).isTrue();
            }
        }
    }
}
