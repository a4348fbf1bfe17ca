package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code drover gateway}: what it says when it starts, and when it cannot. */
class GatewayCommandTest {
    @TempDir Path directory;

    private Path config(String yaml) throws Exception {
        return Files.writeString(directory.resolve("gateway.yaml"), yaml);
    }

    private static void refused(Answer answer, String... parts) {
        assertThat(answer.exits(1).err()).startsWith("Error: ").contains(parts);
        assertThat(answer.err().lines()).as(answer.err()).hasSize(1);
        assertThat(answer.out()).isEmpty();
    }

    private Answer run(Path config, String... more) {
        return Drover.with(more).run("gateway", "-config", config.toString());
    }

    @Test
    void badConfigurationIsOneSentenceWithTheLine() throws Exception {
        refused(run(config("listen:\n  prot: 1\n")), "gateway.yaml:2", "listen.prot");
        refused(run(config("listen:\n  port: many\n")), "gateway.yaml:2", "listen.port", "many");
        refused(run(config("listen: [1]\n")), "gateway.yaml:1", "listen");
        refused(run(config("listen: {port\n")), "gateway.yaml:", "not YAML");
        refused(run(config("store: {directory: ''}\n")), "store.directory is empty");
        refused(run(directory.resolve("none.yaml")), "there is no configuration file", "none.yaml");
        refused(run(directory), directory.toString());
        refused(Drover.plain("gateway", "-dev", "-log-level", "loud"), "log.level is loud");
    }

    @Test
    void portInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer =
                    Drover.plain(
                            "gateway",
                            "-dev",
                            "-log-level",
                            "error",
                            "-data-dir",
                            directory.resolve("data").toString(),
                            "-port",
                            Integer.toString(taken.getLocalPort()));
            refused(answer, "127.0.0.1:" + taken.getLocalPort(), "the port is in use");
        }
        assertThat(Drover.plain("gateway", "-port", "many").exits(1).err())
                .startsWith("Error: Invalid value for option '--port': 'many' is not an int\n")
                .contains("Try: drover gateway --help");
    }

    @Test
    void storeThatIsNoDirectoryIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        refused(
                Drover.plain(
                        "gateway",
                        "-dev",
                        "-log-level",
                        "error",
                        "-port",
                        "0",
                        "-data-dir",
                        file.toString()),
                file.toString());
    }

    @Test
    void developmentModeTellsHowToCallItAndEndsOnSigterm() throws Exception {
        String data = directory.resolve("data").toString();
        try (DroverProcess gateway =
                DroverProcess.start(
                        directory,
                        Map.of(),
                        "gateway",
                        "-dev",
                        "-port",
                        "0",
                        "-data-dir",
                        data,
                        "-o",
                        "json")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> gateway.out().contains("}"));
            JsonNode ready = new ObjectMapper().readTree(gateway.out());
            assertThat(ready.path("directory").asText()).isEqualTo(data);
            Drover.with("--address", ready.path("address").asText())
                    .and("--token", ready.path("token").asText())
                    .run("list", "projects")
                    .exits(0);

            gateway.signal("TERM");
            assertThat(gateway.ended().exit()).isEqualTo(143);
        }
    }
}
