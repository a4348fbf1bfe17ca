package dev.drover.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.v1.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gRPC face through grpcurl, which knows nothing but what reflection tells it. */
class GrpcurlTest {
    private static final ProjectsInMemory PROJECTS = new ProjectsInMemory();
    private static String grpcurl = "";
    private static ServedApi api;

    @BeforeAll
    static void serve() throws Exception {
        grpcurl = run(List.of(Path.of("..", "tools", "fetch").toString(), "grpcurl"), true).strip();
        api = new ServedApi(PROJECTS.methods(), ApiLimits.DEFAULT);
        PROJECTS.projects.put(
                "projects/shop", Project.newBuilder().setName("projects/shop").build());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String run(List<String> command, boolean mustSucceed)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (mustSucceed) {
            builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        } else {
            builder.redirectErrorStream(true);
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status == 0).as(output).isEqualTo(mustSucceed);
        return output;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(grpcurl, "-plaintext"));
        command.addAll(List.of("-H", "authorization: Bearer viewer-token"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String address() {
        return "127.0.0.1:" + api.port;
    }

    @Test
    void servicesAreListedAndDescribedWithTheirComments() throws Exception {
        assertThat(run(command(address(), "list"), true))
                .contains("drover.v1.ProjectService", "grpc.health.v1.Health");
        assertThat(run(command(address(), "describe", "drover.v1.ProjectService"), true))
                .contains("rpc GetProject")
                .contains("option (.drover.v1.access) = VIEWER")
                .contains("// Reads one project.");
        assertThat(run(command(address(), "describe", "drover.v1.AccessLevel"), true))
                .contains("OPERATOR = 2");
    }

    @Test
    void methodIsCalled() throws Exception {
        assertThat(
                        run(
                                command(
                                        "-d",
                                        "{\"name\": \"projects/shop\"}",
                                        address(),
                                        "drover.v1.ProjectService/GetProject"),
                                true))
                .containsPattern("\"name\":\\s*\"projects/shop\"");
        assertThat(run(command(address(), "drover.v1.ProjectService/WatchProjects"), true))
                .containsPattern("\"heartbeat\":\\s*\\{}");
    }

    @Test
    void errorIsShownWithItsDetails() throws Exception {
        assertThat(
                        run(
                                command(
                                        "-d",
                                        "{\"name\": \"projects/none\"}",
                                        address(),
                                        "drover.v1.ProjectService/GetProject"),
                                false))
                .contains("Code: NotFound")
                // grpcurl's JSON has a space more or less, by chance and on purpose.
                .containsPattern("\"reason\":\\s*\"NOT_FOUND\"")
                .containsPattern("\"resource_name\":\\s*\"projects/none\"");
    }
}
