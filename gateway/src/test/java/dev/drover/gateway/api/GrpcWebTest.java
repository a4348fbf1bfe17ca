package dev.drover.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.drover.gateway.api.dispatch.ApiLimits;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.Project;
import dev.drover.v1.WatchProjectsRequest;
import dev.drover.v1.WatchProjectsResponse;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** gRPC-Web over HTTP/1.1, its frames written and read by hand. */
class GrpcWebTest {
    private static final int TRAILERS = 0x80;
    private static final ProjectsInMemory PROJECTS = new ProjectsInMemory();
    private static ServedApi api;

    private record Frame(int flags, ByteString payload) {
        String text() {
            return payload.toStringUtf8();
        }
    }

    @BeforeAll
    static void serve() {
        api = new ServedApi(PROJECTS.methods(), ApiLimits.DEFAULT);
        PROJECTS.projects.put(
                "projects/shop",
                Project.newBuilder().setName("projects/shop").setDisplayName("Shop").build());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<byte[]> call(String method, Message request) throws Exception {
        byte[] payload = request.toByteArray();
        byte[] frame =
                ByteBuffer.allocate(5 + payload.length)
                        .put((byte) 0)
                        .putInt(payload.length)
                        .put(payload)
                        .array();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(
                    api.request("/drover.v1.ProjectService/" + method, "viewer-token")
                            .header("content-type", "application/grpc-web+proto")
                            .POST(BodyPublishers.ofByteArray(frame))
                            .build(),
                    BodyHandlers.ofByteArray());
        }
    }

    private static List<Frame> frames(byte[] body) {
        List<Frame> frames = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(body);
        while (rest.hasRemaining()) {
            int flags = rest.get() & 0xff;
            byte[] payload = new byte[rest.getInt()];
            rest.get(payload);
            frames.add(new Frame(flags, ByteString.copyFrom(payload)));
        }
        return frames;
    }

    @Test
    void answerIsAMessageAndTrailers() throws Exception {
        HttpResponse<byte[]> response =
                call("GetProject", GetProjectRequest.newBuilder().setName("projects/shop").build());

        List<Frame> frames = frames(response.body());
        assertThat(frames).hasSize(2);
        assertThat(Project.parseFrom(frames.get(0).payload()).getDisplayName()).isEqualTo("Shop");
        assertThat(frames.get(1).flags()).isEqualTo(TRAILERS);
        assertThat(frames.get(1).text()).contains("grpc-status:0");
    }

    @Test
    void errorComesWithItsDetails() throws Exception {
        HttpResponse<byte[]> response =
                call("GetProject", GetProjectRequest.newBuilder().setName("projects/no").build());

        String trailers =
                response.headers().map()
                        + frames(response.body()).stream().map(Frame::text).toList().toString();
        assertThat(trailers)
                .containsPattern("grpc-status[=:]\\[?5")
                .contains("grpc-status-details-bin");
    }

    @Test
    void streamIsManyMessages() throws Exception {
        List<Frame> frames =
                frames(call("WatchProjects", WatchProjectsRequest.getDefaultInstance()).body());

        assertThat(WatchProjectsResponse.parseFrom(frames.get(0).payload()).hasProject()).isTrue();
        assertThat(WatchProjectsResponse.parseFrom(frames.get(1).payload()).hasHeartbeat())
                .isTrue();
        assertThat(frames.getLast().flags()).isEqualTo(TRAILERS);
    }
}
