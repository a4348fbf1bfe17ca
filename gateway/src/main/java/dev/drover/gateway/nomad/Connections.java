package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** How connections to one cluster are made: TLS, pool, addresses. */
final class Connections {

    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int HTTPS_PORT = 443;
    private static final int NOMAD_PORT = 4646;

    private Connections() {}

    /**
     * The first TLS file that the gateway cannot read, which otherwise would show at each request.
     */
    static Optional<String> unreadableFile(ClusterTls tls) {
        return Stream.of(tls.caFile(), tls.certificateFile(), tls.keyFile())
                .filter(file -> !file.isEmpty() && !Files.isReadable(Path.of(file)))
                .findFirst();
    }

    /** A pool for requests; Nomad counts its connections, idle ones too. */
    static HttpClient forRequests(Vertx vertx, ClusterSettings settings) {
        return vertx.createHttpClient(
                options(settings.tls()).setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(settings.limits().connections()));
    }

    /**
     * One connection per event stream, apart from the requests so that none waits for the other.
     */
    static HttpClient forStreams(Vertx vertx, ClusterSettings settings) {
        return vertx.createHttpClient(
                options(settings.tls()).setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(settings.limits().connections()));
    }

    /** One connection per log that is being read, so that readers of logs hold up nothing else. */
    static HttpClient forLogs(Vertx vertx, ClusterSettings settings) {
        return vertx.createHttpClient(
                options(settings.tls()).setKeepAlive(false),
                new PoolOptions().setHttp1MaxSize(Logs.OPEN_MAX));
    }

    static RequestOptions to(URI server, ClusterTls tls) {
        boolean encrypted = "https".equals(server.getScheme());
        int port = server.getPort() > 0 ? server.getPort() : encrypted ? HTTPS_PORT : NOMAD_PORT;
        String name = tls.serverName().isEmpty() ? server.getHost() : tls.serverName();
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, server.getHost()))
                .setHost(name)
                .setPort(port)
                .setSsl(encrypted);
    }

    private static HttpClientOptions options(ClusterTls tls) {
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setForceSni(true)
                        .setVerifyHost(true);
        if (!tls.caFile().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.caFile()));
        }
        if (!tls.certificateFile().isEmpty()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .addCertPath(tls.certificateFile())
                            .addKeyPath(tls.keyFile()));
        }
        return options;
    }
}
