package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a command finds the gateway, says who calls, and tells what stands between. */
class ConnectionTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();

    @TempDir Path directory;

    private static Answer list(String... flags) {
        return Drover.with(flags).run("list", "projects");
    }

    private static String[] at(String address) {
        return new String[] {"--address", address, "--token", LiveGateway.TOKEN};
    }

    @Test
    void gatewayThatIsDownIsNamedWithTheNextStep() throws IOException {
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "http://127.0.0.1:" + free.getLocalPort();
        }
        assertThat(list(at(address)).exits(1).err())
                .isEqualTo(
                        "Error: no gateway answers at "
                                + address
                                + ": nothing listens there; is the gateway running,"
                                + " and is DROVER_ADDR or --address right?\n");
        assertThat(list(at("http://no-such-host.invalid")).exits(1).err())
                .contains("http://no-such-host.invalid", "there is no such host");
    }

    @Test
    void somethingElseThatAnswersIsNoGateway() throws IOException {
        HttpServer other =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.start();
        try {
            String address = "http://127.0.0.1:" + other.getAddress().getPort();
            assertThat(list(at(address)).exits(1).err())
                    .startsWith("Error: ")
                    .contains(address, "DROVER_ADDR or --address");
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ftp://127.0.0.1:1  | is not one of a gateway; give http://HOST:PORT or https://HOST:PORT
                    http://            | is not a URL
                    http://a b         | is not a URL
                    ://                | is not a URL
                    """)
    void addressThatIsNoneIsToldBeforeAnythingIsSent(String address, String told) {
        assertThat(list(at(address)).exits(1).err())
                .startsWith("Error: the address " + address)
                .contains(told);
    }

    @Test
    void schemeMayBeLeftOutOrInCapitals() {
        list(at(GATEWAY.address().replace("http://", ""))).exits(0);
        list(at(GATEWAY.address().replace("http://", "HTTP://"))).exits(0);
    }

    @Test
    void wrongTokenAndNoTokenAreToldApart() {
        assertThat(list("--address", GATEWAY.address(), "--token", "nonsense").exits(1).err())
                .startsWith("Error: ")
                .contains("may be mistyped, expired, revoked", GATEWAY.address())
                .contains("(NOT_AUTHENTICATED, request ");
        for (String nothing : new String[] {"", "  "}) {
            assertThat(list("--address", GATEWAY.address(), "--token", nothing).exits(1).err())
                    .contains("no token was given: set DROVER_TOKEN", "NOT_AUTHENTICATED");
        }
        assertThat(list("--address", GATEWAY.address(), "--token", "two\nlines").exits(1).err())
                .startsWith("Error: the token holds a blank or a letter that no token has");
    }

    @Test
    void tokenMayComeFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), LiveGateway.TOKEN + "\n");
        list("--address", GATEWAY.address(), "--token-file", file.toString()).exits(0);
        Drover.with("--address", GATEWAY.address(), "--token-file", "-")
                .reading(LiveGateway.TOKEN, "list", "projects")
                .exits(0);

        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        assertThat(
                        list("--address", GATEWAY.address(), "--token-file", empty.toString())
                                .exits(1)
                                .err())
                .startsWith("Error: the token file " + empty + " is empty; ");
        assertThat(list("--address", GATEWAY.address(), "--token-file", "none").exits(1).err())
                .isEqualTo("Error: the token file none does not exist\n");
    }

    @Test
    void errorIsFoundInTheAuditLogOrTheLogByItsRequestId() {
        Drover drover = GATEWAY.in("traced");
        drover.reading("name: projects/traced", "apply", "project", "-f", "-").exits(0);
        var entry =
                drover.run(
                                "audit",
                                "list",
                                "--filter",
                                "resource = \"projects/traced\"",
                                "-o",
                                "json")
                        .json()
                        .path(0);
        assertThat(entry.path("requestId").asText()).matches("[0-9a-f]{16}");
        assertThat(drover.run("get", "project", "gone").exits(1).err())
                .containsPattern("\\(NOT_FOUND, request [0-9a-f]{16}\\)");
    }

    @Test
    void environmentIsReadAndFlagsWinOverIt() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), LiveGateway.TOKEN);
        var right = Map.of("DROVER_ADDR", GATEWAY.address(), "DROVER_TOKEN", LiveGateway.TOKEN);
        assertThat(process(right, "list", "projects").exits(0).err()).doesNotContain("Error");
        // One line, and nothing of what the transport has to say.
        assertThat(
                        process(
                                        Map.of("DROVER_ADDR", "http://no-such-host.invalid"),
                                        "list",
                                        "projects")
                                .exits(1)
                                .err()
                                .lines())
                .hasSize(1);
        process(
                        Map.of("DROVER_ADDR", "ftp://wrong", "DROVER_TOKEN", "wrong"),
                        "list",
                        "projects",
                        "--address",
                        GATEWAY.address(),
                        "--token-file",
                        file.toString())
                .exits(0);
        assertThat(
                        process(
                                        Map.of("DROVER_PROJECT", "from-environment"),
                                        "get",
                                        "environment",
                                        "prod",
                                        "--address",
                                        GATEWAY.address(),
                                        "--token",
                                        LiveGateway.TOKEN)
                                .exits(1)
                                .err())
                .contains("projects/from-environment/environments/prod");
    }

    private Answer process(Map<String, String> environment, String... words) throws Exception {
        try (DroverProcess process = DroverProcess.start(directory, environment, words)) {
            return process.ended();
        }
    }
}
