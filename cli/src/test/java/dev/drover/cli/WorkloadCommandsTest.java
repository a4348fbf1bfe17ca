package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} of an application and {@code logs}, on a real Nomad. */
class WorkloadCommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    private Shop shop(String project) throws Exception {
        return new Shop(project, GATEWAY, NOMAD, directory);
    }

    @Test
    void statusOfWhatRunsWellNamesReleaseAndPromotion() throws Exception {
        Shop shop = shop("well");
        assertThat(shop.developer().run("status", "shop", "staging").exits(0).out())
                .startsWith("shop in staging: ABSENT\nNo release succeeded here yet.\n")
                .contains("  ! job \"web\" was never brought here: nothing runs yet\n");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "first").exits(0);

        Answer status = shop.developer().run("status", "shop", "staging").exits(0);

        assertThat(status.out())
                .startsWith("shop in staging: HEALTHY\nRelease 1, brought by first at 20")
                .contains("job web (service): HEALTHY, version 0\n")
                .contains("group web: 1 wanted, 1 running, 1 healthy\n")
                .containsPattern("\n0\\* +1 +first +1 +0 +0 +0\n")
                .containsPattern("\n[0-9a-f]{8} +web\\[0] +0 +running +healthy +0 ")
                .doesNotContain("!");
        JsonNode json =
                shop.developer().run("status", "shop", "staging", "-o", "json").exits(0).json();
        assertThat(json.path("condition").asText()).isEqualTo("HEALTHY");
        assertThat(json.at("/jobs/0/allocations/0/tasks/0/events")).isNotEmpty();
    }

    @Test
    void statusTellsWhatFailedWithItsLastWord() throws Exception {
        Shop shop = shop("fails");
        shop.release("1", "sleep 10; exit 7");
        shop.promote("1", "staging", "first").exits(0);

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shop.developer().run("status", "shop", "staging").out())
                                .startsWith("shop in staging: DOWN\n")
                                .containsPattern(
                                        "  ! job \"web\": 1 allocation of version 0 failed; allocation [0-9a-f]{8} on"
                                                + " .*, task web: Terminated: Exit Code: 7\n"));
        Answer logs = shop.developer().run("logs", "shop", "staging", "-f").exits(0);
        assertThat(logs.out()).isEmpty();
        assertThat(logs.err()).contains("is failed; Terminated: Exit Code: 7");
    }

    @Test
    void statusTellsInNomadsNumbersWhyNothingIsPlaced() throws Exception {
        Shop shop = shop("unfit");
        Path large = directory.resolve("large.nomad.hcl");
        Files.writeString(
                large,
                Files.readString(shop.jobspec())
                        .replace("memory = 10", "memory = 99999999")
                        .replace("count = 1", "count = 2"));
        shop.developer()
                .run("release", "create", "shop/1", "--job", "web=" + large, "--var", "script=true")
                .exits(0);
        shop.promote("1", "staging", "first", "-detach").exits(0);

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shop.developer().run("status", "shop", "staging").out())
                                .contains(
                                        "shop in staging: DOWN\n",
                                        "first is RUNNING.\n",
                                        "  ! job \"web\", group \"web\": no place for 2 allocations: 1 of 1 nodes"
                                                + " without room (memory: 1)\n"));
        assertThat(shop.developer().run("logs", "shop", "staging").exits(1).err())
                .contains("job \"web\" has no allocation: none was placed");
        shop.developer().run("cancel", "first", "--reason", "it does not fit").exits(0);
    }

    @Test
    void logsAreOfTheNewestAllocationAndOfTheOneBefore() throws Exception {
        Shop shop = shop("logs");
        shop.release("1", "echo one; echo oops >&2; " + Shop.WELL);
        shop.release("2", "echo two; echo more; " + Shop.WELL);
        assertThat(shop.developer().run("logs", "shop", "staging").exits(1).err())
                .contains("nothing runs yet: Nomad has no job \"web\"");
        shop.strategy("rolling: {}");
        shop.promote("1", "staging", "first").exits(0);
        shop.promote("2", "staging", "second").exits(0);

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(shop.developer().run("logs", "shop", "staging").out())
                                .isEqualTo("two\nmore\n"));
        Answer answer = shop.developer().run("logs", "shop", "staging").exits(0);
        assertThat(answer.err())
                .matches(
                        "==> web/web, allocation [0-9a-f]{8} \\(running\\), version 1 of shop/2\n");
        assertThat(shop.developer().run("logs", "shop", "staging", "-tail", "6").exits(0).out())
                .isEqualTo("more\n");
        assertThat(shop.developer().run("logs", "shop", "staging", "-previous").exits(0).out())
                .isEqualTo("one\n");
        assertThat(
                        shop.developer()
                                .run("logs", "shop", "staging", "-previous", "-stderr")
                                .exits(0)
                                .out())
                .isEqualTo("oops\n");
        List<String> lines =
                shop.developer()
                        .run("logs", "shop", "staging", "-o", "json")
                        .exits(0)
                        .out()
                        .lines()
                        .toList();
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(lines.getFirst()).at("/source/task").asText()).isEqualTo("web");
        assertThat(json.readTree(lines.getLast()).path("text").asText()).isEqualTo("two\nmore\n");
        assertThat(json.readTree(lines.getLast()).path("nextOffset").asText()).isEqualTo("9");
    }

    @Test
    void followedLogGoesOnUntilTheAllocationEnds() throws Exception {
        Shop shop = shop("followed");
        shop.release("1", "for i in 1 2 3 4 5; do echo line $i; sleep 2; done; exit 3");
        shop.promote("1", "staging", "first").exits(0);

        Answer logs = shop.developer().run("logs", "shop", "staging", "-f").exits(0);

        assertThat(logs.out()).isEqualTo("line 1\nline 2\nline 3\nline 4\nline 5\n");
        assertThat(logs.err()).contains("==> allocation ", " is failed; Terminated: Exit Code: 3");
    }

    @Test
    void mistakesNameWhatThereIs() throws Exception {
        Shop shop = shop("mistaken");
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "first").exits(0);
        Drover developer = shop.developer();

        assertThat(developer.run("status", "shop").exits(1).err())
                .contains("an environment is needed: drover status shop ENVIRONMENT");
        assertThat(developer.run("status", "shop", "pord").exits(1).err())
                .contains(
                        "'projects/mistaken/environments/pord' is not one of the pipeline of",
                        "projects/mistaken/environments/prod");
        assertThat(developer.run("status", "none", "prod").exits(1).err())
                .contains("projects/mistaken/applications/none does not exist");
        assertThat(developer.run("logs", "shop", "staging", "-job", "x").exits(1).err())
                .contains("there is no job 'x'; the jobs of", "are web");
        assertThat(developer.run("logs", "shop", "staging", "-task", "x").exits(1).err())
                .contains("there is no task 'x'; the tasks of group \"web\" are web");
        assertThat(
                        developer
                                .run("logs", "shop", "staging", "-allocation", "ffffffff")
                                .exits(1)
                                .err())
                .contains("there is no allocation 'ffffffff'; there are ", "(running)");
        assertThat(developer.run("logs", "shop", "staging", "-tail", "-1").exits(1).err())
                .contains("--tail is -1");
    }
}
