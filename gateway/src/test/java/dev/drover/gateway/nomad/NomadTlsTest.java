package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.SecretReference;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TLS as Nomad does it: certificates of its own authority, named after role and region, clients
 * verified.
 */
class NomadTlsTest {

    private static final String SERVER_NAME = "server.global.nomad";

    @TempDir private static Path directory;
    private static Vertx vertx;
    private static ScriptedServer server;

    @BeforeAll
    static void startServerWithNomadsOwnCertificates() throws IOException, InterruptedException {
        nomad("tls", "ca", "create");
        nomad("tls", "cert", "create", "-server", "-region", "global");
        nomad("tls", "cert", "create", "-client");
        vertx = Vertx.vertx();
        server =
                ScriptedServer.start(
                        vertx,
                        new HttpServerOptions()
                                .setSsl(true)
                                .setKeyCertOptions(
                                        new PemKeyCertOptions()
                                                .addCertPath(file("global-server-nomad.pem"))
                                                .addKeyPath(file("global-server-nomad-key.pem")))
                                .setTrustOptions(
                                        new PemTrustOptions()
                                                .addCertPath(file("nomad-agent-ca.pem")))
                                .setClientAuth(ClientAuth.REQUIRED));
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
    }

    @Test
    void serverIsVerifiedByItsNomadNameAndClientShowsItsCertificate() {
        server.answers(200, "\"127.0.0.1:4647\"").answers(403, "Permission denied");

        assertThat(leader(tls(SERVER_NAME))).isEqualTo("127.0.0.1:4647");
    }

    @Test
    void serverOfAnotherRegionIsNotTrusted() {
        assertThatThrownBy(() -> leader(tls("server.eu.nomad")))
                .hasMessageContaining("server.eu.nomad");
    }

    @Test
    void serverOfAnUnknownAuthorityIsNotTrusted() {
        ClusterTls system =
                new ClusterTls(
                        "",
                        SERVER_NAME,
                        file("global-client-nomad.pem"),
                        file("global-client-nomad-key.pem"));

        assertThatThrownBy(() -> leader(system)).hasMessageContaining("clusters/eu was asked");
    }

    @Test
    void clientWithoutCertificateIsTurnedAway() {
        ClusterTls bare = new ClusterTls(file("nomad-agent-ca.pem"), SERVER_NAME, "", "");

        assertThatThrownBy(() -> leader(bare)).hasMessageContaining("clusters/eu was asked");
    }

    private static String leader(ClusterTls tls) {
        ClusterSettings settings =
                new ClusterSettings(
                        "clusters/eu",
                        List.of(server.address()),
                        "",
                        SecretReference.NONE,
                        tls,
                        new ClusterLimits(2, 2, Duration.ofSeconds(10)));
        try (ConfiguredClusters clusters =
                new ConfiguredClusters(
                        vertx,
                        name -> settings,
                        name -> null,
                        InstantSource.system(),
                        new Random(1),
                        NomadListener.SILENT)) {
            return clusters.cluster("clusters/eu").status().leader();
        }
    }

    private static ClusterTls tls(String serverName) {
        return new ClusterTls(
                file("nomad-agent-ca.pem"),
                serverName,
                file("global-client-nomad.pem"),
                file("global-client-nomad-key.pem"));
    }

    private static void nomad(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(FetchedTool.path("nomad").toString());
        builder.command().addAll(List.of(arguments));
        Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }
}
