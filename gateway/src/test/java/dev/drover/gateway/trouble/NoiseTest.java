package dev.drover.gateway.trouble;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever arrives at the port, the others are served. */
class NoiseTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String NO_SETTINGS = "\0\0\0\4\0\0\0\0\0";

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
    void randomBytesCloseTheirOwnConnectionOnly() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            byte[] noise = new byte[4000];
            random.nextBytes(noise);
            sendUntilClosed(noise);
        }
        assertServed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/projects HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
                "POST /v1/projects HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                PREFACE + "this is no frame of HTTP/2 at all",
                PREFACE + NO_SETTINGS + "\0\0\10\1\5\0\0\0\1\377\377\377\377\377\377\377\377",
                PREFACE + NO_SETTINGS + "\377\377\377\0\0\0\0\0\1a frame of 16 megabytes",
            })
    void requestThatIsNoneIsTurnedAway(String bytes) throws Exception {
        sendUntilClosed(bytes.getBytes(ISO_8859_1));
        assertServed();
    }

    @Test
    void thousandConnectionsThatSayNothingKeepNobodyOut() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                Socket socket = connect();
                idle.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /v1/pro".getBytes(ISO_8859_1));
                }
            }
            assertServed();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
        assertServed();
    }

    private static void assertServed() {
        assertThat(shop.get("projects/shop").path("name").asText()).isEqualTo("projects/shop");
    }

    /** The other side has to close: otherwise this ends with a time-out, and the test fails. */
    private static void sendUntilClosed(byte[] bytes) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageMatching("(Connection reset.*|Broken pipe)");
        }
    }

    private static Socket connect() throws IOException {
        URI address = URI.create(shop.address());
        return new Socket(address.getHost(), address.getPort());
    }
}
