package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.Registration;
import dev.drover.gateway.cluster.SecretReference;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the adapter does when servers, connections and settings fail. */
class HttpNomadClusterTest {

    private static final String REGISTERED = "{\"EvalID\":\"e\",\"JobModifyIndex\":7}";

    private final Map<String, String> environment = new HashMap<>();
    private Vertx vertx;
    private ScriptedServer server;
    private ClusterSettings settings;
    private ConfiguredClusters clusters;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        server = ScriptedServer.start(vertx);
        settings = settings(List.of(server.address()));
        clusters =
                new ConfiguredClusters(
                        vertx,
                        name -> settings,
                        environment::get,
                        InstantSource.system(),
                        new Random(1),
                        NomadListener.SILENT);
    }

    @AfterEach
    void stop() {
        clusters.close();
        vertx.close().await();
    }

    @Test
    void callGoesToTheNextServerWhenOneIsDown() {
        URI down = URI.create("http://127.0.0.1:" + FreePorts.find(1).getFirst());
        settings = settings(List.of(down, server.address()));
        server.answers(200, REGISTERED);

        assertThat(register().jobModifyIndex()).isEqualTo(7);
    }

    @Test
    void clusterWithoutServersIsUnreachableWithoutDoubt() {
        int port = FreePorts.find(1).getFirst();
        settings = settings(List.of(URI.create("http://127.0.0.1:" + port)));

        GatewayException failure = refused(Reason.NOMAD_UNREACHABLE, this::register);

        assertThat(ambiguous(failure)).isEqualTo("false");
        assertThat(failure.text())
                .contains("clusters/eu")
                .contains("register job \"web\" in namespace \"prod\"")
                .contains("127.0.0.1:" + port);
    }

    @Test
    void writeWhoseAnswerIsLostIsNotRepeated() {
        server.breaks().answers(200, REGISTERED);

        GatewayException failure = refused(Reason.NOMAD_UNREACHABLE, this::register);

        assertThat(ambiguous(failure)).isEqualTo("true");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void readWhoseAnswerIsLostIsRepeated() {
        server.breaks().answers(404, "job not found");

        assertThat(cluster().job("prod", "web")).isEmpty();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void writeIsRepeatedWhileTheServerHasNoLeader() {
        server.answers(500, "No cluster leader")
                .answers(500, "rpc error: failed to get conn: dial tcp: connection refused")
                .answers(200, REGISTERED);

        assertThat(register().jobModifyIndex()).isEqualTo(7);
    }

    @Test
    void writeThatALeaderLostMayHaveHappened() {
        server.answers(500, "rpc error: EOF").answers(200, REGISTERED);

        assertThat(ambiguous(refused(Reason.NOMAD_UNREACHABLE, this::register))).isEqualTo("true");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void serverThatDoesNotAnswerRunsIntoTheDeadline() {
        settings = settings(new ClusterLimits(2, 2, Duration.ofMillis(300)));
        server.staysSilent();

        GatewayException failure = refused(Reason.NOMAD_UNREACHABLE, this::register);

        assertThat(failure.text()).contains("no answer in time");
        assertThat(ambiguous(failure)).isEqualTo("true");
    }

    @Test
    void callBeyondTheLimitWaitsUntilAnotherOneIsAnswered() throws InterruptedException {
        settings = settings(new ClusterLimits(2, 1, Duration.ofSeconds(20)));
        AtomicReference<HttpServerRequest> held = new AtomicReference<>();
        server.does(held::set).answers(404, "");
        Thread first = Thread.ofVirtual().start(() -> cluster().job("prod", "a"));
        await().until(() -> held.get() != null);

        Thread second = Thread.ofVirtual().start(() -> cluster().job("prod", "b"));

        await().during(Duration.ofMillis(300)).until(() -> server.requests().size() == 1);
        Objects.requireNonNull(held.get()).response().setStatusCode(404).end();
        first.join();
        second.join();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void tokenIsReadAnewForEachCall(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        settings = settings(SecretReference.parse("file:" + file));
        Files.writeString(file, "first\n");
        server.answers(404, "").answers(404, "");

        cluster().job("prod", "web");
        Files.writeString(file, "second\n");
        cluster().job("prod", "web");

        assertThat(server.requests())
                .extracting(request -> request.getHeader("X-Nomad-Token"))
                .containsExactly("first", "second");
    }

    @Test
    void tokenThatCannotBeFoundIsNamedByItsReferenceOnly() {
        settings = settings(SecretReference.parse("env:NOMAD_EU_TOKEN"));

        GatewayException absent = refused(Reason.CLUSTER_SETTINGS_INVALID, this::register);
        environment.put("NOMAD_EU_TOKEN", "s3cret");
        server.answers(500, "Permission denied");
        GatewayException denied = refused(Reason.NOMAD_PERMISSION_DENIED, this::register);

        assertThat(absent.text()).contains("env:NOMAD_EU_TOKEN").contains("is not set");
        assertThat(denied.text()).contains("check the cluster's token").doesNotContain("s3cret");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void addressesCarryNamespaceRegionAndEncodedIds() {
        server.answers(200, "[]");
        settings =
                new ClusterSettings(
                        "clusters/eu",
                        List.of(server.address()),
                        "eu west",
                        SecretReference.NONE,
                        ClusterTls.SYSTEM,
                        ClusterLimits.DEFAULT);

        cluster().allocations("prod", "team/web a");

        assertThat(server.requests().getFirst().uri())
                .isEqualTo(
                        "/v1/job/team%2Fweb%20a/allocations?namespace=prod&region=eu%20west&all=true");
    }

    @Test
    void answerOfSomethingElseThanNomadIsToldAsSuch() {
        server.answers(200, "<html>Welcome</html>");

        assertThat(refused(Reason.NOMAD_UNREACHABLE, () -> cluster().job("prod", "web")).text())
                .contains("the answer is not Nomad's: <html>Welcome");
    }

    @Test
    void clusterIsConnectedAnewOnlyWhenItsSettingsChange() {
        NomadCluster before = cluster();
        assertThat(cluster()).isSameAs(before);

        settings = settings(new ClusterLimits(1, 1, Duration.ofSeconds(1)));

        assertThat(cluster()).isNotSameAs(before);
        server.answers(404, "");
        assertThat(cluster().job("prod", "web")).isEmpty();
    }

    @Test
    void certificateFileThatDoesNotExistIsNamed() {
        settings =
                new ClusterSettings(
                        "clusters/eu",
                        List.of(URI.create("https://127.0.0.1:" + server.address().getPort())),
                        "",
                        SecretReference.NONE,
                        new ClusterTls("/nonexistent/ca.pem", "", "", ""),
                        ClusterLimits.DEFAULT);

        assertThat(refused(Reason.CLUSTER_SETTINGS_INVALID, this::register).text())
                .contains("/nonexistent/ca.pem");
    }

    private NomadCluster cluster() {
        return clusters.cluster("clusters/eu");
    }

    private Registration register() {
        return cluster().register("prod", TestJobs.service("web").json(), 0, Submission.NONE);
    }

    private ClusterSettings settings(List<URI> servers) {
        return settings(servers, SecretReference.NONE, ClusterLimits.DEFAULT);
    }

    private ClusterSettings settings(ClusterLimits limits) {
        return settings(List.of(server.address()), SecretReference.NONE, limits);
    }

    private ClusterSettings settings(SecretReference token) {
        return settings(List.of(server.address()), token, ClusterLimits.DEFAULT);
    }

    private static ClusterSettings settings(
            List<URI> servers, SecretReference token, ClusterLimits limits) {
        return new ClusterSettings("clusters/eu", servers, "", token, ClusterTls.SYSTEM, limits);
    }

    private static GatewayException refused(Reason reason, ThrowingCallable call) {
        GatewayException refusal =
                Objects.requireNonNull(
                        catchThrowableOfType(GatewayException.class, call), "not refused");
        assertThat(refusal.reason()).as(refusal.text()).isEqualTo(reason);
        return refusal;
    }

    private static String ambiguous(GatewayException failure) {
        return failure.details().metadata().getOrDefault("ambiguous", "");
    }
}
