package dev.drover.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MutualTlsTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final byte[] CHECK_PLUGIN = "\n\6plugin".getBytes(StandardCharsets.US_ASCII);

    private Certificate server;
    private Certificate client;
    private PluginServer running;
    private EarlySocket socket;

    @BeforeEach
    void start() throws Exception {
        server = Certificate.create(NOW);
        client = Certificate.create(NOW);
        socket = EarlySocket.open();
        running =
                new PluginServer(
                        socket,
                        PluginServer.mutualTls(server, client.der()),
                        new ControlServices(new Ending()).definitions());
        running.start();
    }

    @AfterEach
    void stop() throws Exception {
        running.stop();
    }

    @Test
    void clientWithTheNamedCertificateIsServed() throws Exception {
        assertThat(check(identified(client))).isEqualTo(new byte[] {8, 1});
    }

    @Test
    void clientWithAnotherCertificateIsRefused() throws Exception {
        Certificate stranger = Certificate.create(NOW);
        assertRefused(identified(stranger));
    }

    @Test
    void clientWithoutACertificateIsRefused() throws Exception {
        assertRefused(TlsChannelCredentials.newBuilder());
    }

    /** The server is built without them. */
    @Test
    void authoritiesOfTheRuntimeAreThereForConnectionsToGateways() throws Exception {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        assertThat(((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers())
                .isNotEmpty();
    }

    private void assertRefused(TlsChannelCredentials.Builder credentials) {
        assertThatThrownBy(() -> check(credentials))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused ->
                                assertThat(refused.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE));
    }

    private byte[] check(TlsChannelCredentials.Builder credentials) throws Exception {
        ManagedChannel channel =
                OkHttpChannelBuilder.forAddress(
                                "127.0.0.1",
                                socket.getLocalPort(),
                                credentials.trustManager(pem("CERTIFICATE", server.der())).build())
                        .overrideAuthority("localhost")
                        .build();
        try {
            return ClientCalls.blockingUnaryCall(
                    channel,
                    RawMethods.unary("grpc.health.v1.Health", "Check"),
                    io.grpc.CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
                    CHECK_PLUGIN);
        } finally {
            channel.shutdownNow();
        }
    }

    private static TlsChannelCredentials.Builder identified(Certificate certificate)
            throws Exception {
        return TlsChannelCredentials.newBuilder()
                .keyManager(
                        pem("CERTIFICATE", certificate.der()),
                        pem("PRIVATE KEY", certificate.key().getEncoded()));
    }

    private static ByteArrayInputStream pem(String what, byte[] der) {
        String text =
                "-----BEGIN "
                        + what
                        + "-----\n"
                        + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END "
                        + what
                        + "-----\n";
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
