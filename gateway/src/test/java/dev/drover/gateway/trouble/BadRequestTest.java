package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.UnknownFieldSet;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.GetProjectRequest;
import dev.drover.v1.Project;
import dev.drover.v1.ProjectServiceGrpc;
import dev.drover.v1.ProjectServiceGrpc.ProjectServiceBlockingStub;
import dev.drover.v1.UpdateProjectRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that cannot be: each names the thing, the value, the place and the next step. */
class BadRequestTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir static Path directory;
    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(NOMAD, directory);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void referenceToAMissingNounIsRefused() {
        Answer answer =
                shop.refused(
                        "POST",
                        "projects/shop/environments?environmentId=eu",
                        "{\"cluster\": \"clusters/nowhere\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("REFERENCE_NOT_FOUND");
        assertThat(answer.field()).isEqualTo("environment.cluster");
        assertThat(answer.message())
                .contains("'clusters/nowhere' does not exist; create it first, or correct");
    }

    @Test
    void cycleInAPipelineIsRefused() {
        Answer answer =
                shop.refused(
                        "PATCH",
                        "projects/shop/pipelines/main",
                        """
                        {"stages": [{"id": "a", "environments": ["%s"], "after": ["b"]},
                                    {"id": "b", "environments": ["%s"], "after": ["a"]}]}
                        """
                                .formatted(Shop.STAGING, Shop.PROD));
        assertThat(answer.reason()).isEqualTo("PIPELINE_CYCLE");
        assertThat(answer.field()).isEqualTo("pipeline.stages[0].after");
        assertThat(answer.message()).contains("a -> b -> a; remove one of these links");
    }

    @Test
    void twoEnvironmentsOfAPipelineInOneNamespaceAreRefused() {
        shop.environment("twin", "local", shop.staging);
        Answer answer =
                shop.refused(
                        "PATCH",
                        "projects/shop/pipelines/main",
                        """
                        {"stages": [{"id": "staging", "environments": ["%s"]},
                                    {"id": "twin", "environments": ["projects/shop/environments/twin"]}]}
                        """
                                .formatted(Shop.STAGING));
        assertThat(answer.field()).isEqualTo("pipeline.stages[1].environments[0]");
        assertThat(answer.message())
                .contains(
                        "'projects/shop/environments/twin' deploys to namespace \""
                                + shop.staging
                                + "\" of clusters/local, as '"
                                + Shop.STAGING
                                + "' does");
    }

    @Test
    void deletionOfSomethingReferencedIsRefusedWithTheReferences() {
        Answer answer = shop.refused("DELETE", Shop.STAGING, "");
        assertThat(answer.reason()).isEqualTo("STILL_REFERENCED");
        assertThat(answer.message())
                .contains(Shop.STAGING, "projects/shop/pipelines/main", "delete or change them");
    }

    @Test
    void celThatDoesNotTypeCheckIsRefusedWithLineAndColumn() {
        Answer answer =
                shop.refused(
                        "PATCH",
                        "policies/prod",
                        """
                        {"rules": [{"id": "r", "expression": {"expression":
                            "plan.images.all(i,\\n  i.tagg != 'latest')"}}]}
                        """);
        assertThat(answer.reason()).isEqualTo("EXPRESSION_INVALID");
        assertThat(answer.field()).isEqualTo("policy.rules[0].expression.expression");
        assertThat(answer.message())
                .contains("line 2, column 5", "no field `tagg`; did you mean `tag`?");
        assertThat(shop.get("policies/prod").path("revision").asText()).isEqualTo("1");
    }

    @Test
    void staleEtagIsRefusedWithBothValues() {
        String present = shop.get("projects/shop").path("etag").asText();
        Answer answer =
                shop.refused(
                        "PATCH", "projects/shop", "{\"displayName\": \"x\", \"etag\": \"old\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("ETAG_MISMATCH");
        assertThat(answer.message()).contains("projects/shop", present, "not old; read it again");
    }

    @Test
    void staleEtagIsRefusedOverGrpcWithTheSameWords() {
        overGrpc(projects -> {
            Project present = project(projects);
            Project stale = present.toBuilder().setDisplayName("x").setEtag("old").build();
            assertThat(refusal(projects, stale))
                    .hasMessageStartingWith("ABORTED: projects/shop was changed meanwhile")
                    .hasMessageContaining(present.getEtag() + ", not old; read it again");
        });
    }

    @Test
    void fieldOfANewerClientIsRefusedAndNotDropped() {
        overGrpc(projects -> {
            Project newer =
                    project(projects).toBuilder()
                            .setDisplayName("x")
                            .setUnknownFields(
                                    UnknownFieldSet.newBuilder()
                                            .addField(
                                                    999,
                                                    UnknownFieldSet.Field.newBuilder()
                                                            .addVarint(1)
                                                            .build())
                                            .build())
                            .build();
            assertThat(refusal(projects, newer))
                    .hasMessageContaining("drover.v1.Project has no field number 999 here")
                    .hasMessageContaining("upgrade the gateway, or use a client of its version");
            assertThat(project(projects).getDisplayName()).isEmpty();
        });
    }

    private static void overGrpc(Consumer<ProjectServiceBlockingStub> calls) {
        URI address = URI.create(shop.address());
        Metadata token = new Metadata();
        token.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + Shop.ROOT);
        ManagedChannel channel =
                OkHttpChannelBuilder.forAddress(address.getHost(), address.getPort())
                        .usePlaintext()
                        .build();
        try {
            calls.accept(
                    ProjectServiceGrpc.newBlockingStub(channel)
                            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token)));
        } finally {
            channel.shutdownNow();
        }
    }

    private static Project project(ProjectServiceBlockingStub projects) {
        return projects.getProject(GetProjectRequest.newBuilder().setName("projects/shop").build());
    }

    private static StatusRuntimeException refusal(
            ProjectServiceBlockingStub projects, Project update) {
        return catchThrowableOfType(
                StatusRuntimeException.class,
                () ->
                        projects.updateProject(
                                UpdateProjectRequest.newBuilder().setProject(update).build()));
    }

    @Test
    void reusedRequestIdWithAnotherBodyIsRefused() {
        String id = "5f1c9e0a-7b64-4b53-9d0e-111111111111";
        shop.post("projects?projectId=first&requestId=" + id, "{}");
        Answer answer = shop.refused("POST", "projects?projectId=second&requestId=" + id, "{}");
        assertThat(answer.reason()).isEqualTo("REQUEST_ID_REUSED");
        assertThat(answer.message()).contains(id, "used within 24 hours", "choose a new one");
    }

    @Test
    void duplicateReleaseIdIsRefused() {
        String name = shop.release("1.0.0", Jobspecs.WEB);
        Answer answer =
                shop.refused(
                        "POST",
                        "projects/shop/applications/web/releases?releaseId=1.0.0",
                        Shop.job(Jobspecs.WEB));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(answer.message())
                .isEqualTo(name + " exists already; choose another id; it cannot be changed");
    }

    @Test
    void unknownFieldInJsonIsRefusedWithItsPlaceAndTheNearestName() {
        Answer answer =
                shop.refused(
                        "PATCH",
                        "projects/shop/applications/web",
                        "{\"jobs\": [{\"id\": \"web\",\n \"wav\": 1}]}");
        assertThat(answer.reason()).isEqualTo("UNKNOWN_FIELD");
        assertThat(answer.field()).isEqualTo("application.jobs[0].wav");
        assertThat(answer.message()).contains("line 2, column", "did you mean wave?");
    }

    @Test
    void bodyOfFiveMegabytesIsRefusedWithTheLimit() {
        Answer answer =
                shop.refused(
                        "POST",
                        "projects?projectId=big",
                        "{\"displayName\": \"" + "x".repeat(5 << 20) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.reason()).isEqualTo("LIMIT_EXCEEDED");
        assertThat(answer.message()).contains("4194304 bytes", "calls.max_request_bytes");
    }

    @Test
    void wrongTokenIsRefused() {
        Answer answer = shop.refused("not-a-token", "DELETE", "projects/shop", "");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.reason()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(answer.message())
                .contains("the token is not valid; send Authorization: Bearer")
                .doesNotContain("not-a-token");
    }
}
