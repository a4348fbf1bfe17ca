package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.app.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a gateway that serves TLS with a certificate of its own authority. */
class TlsTest {
    @RegisterExtension static final LiveGateway PLAIN = new LiveGateway();

    @TempDir static Path directory;
    private static Certificates certificates;
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(directory);
        gateway = serve("here", "ip:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Gateway serve(String alias, String subject) throws Exception {
        var signed = certificates.sign(alias, subject);
        return LiveGateway.start(
                Files.createDirectory(directory.resolve(alias)),
                Map.of(
                        "listen.tls.certificate",
                        signed.certificate().toString(),
                        "listen.tls.key",
                        signed.key().toString()));
    }

    private static Answer list(String address, String... flags) {
        return Drover.with("--address", address, "--token", LiveGateway.TOKEN)
                .and(flags)
                .run("list", "projects");
    }

    @Test
    void certificateOfTheNamedAuthorityIsTrusted() throws Exception {
        assertThat(gateway.address()).startsWith("https://");
        list(gateway.address(), "--ca-cert", certificates.authority().toString()).exits(0);
        try (DroverProcess process =
                DroverProcess.start(
                        directory,
                        Map.of(
                                "DROVER_ADDR",
                                gateway.address(),
                                "DROVER_TOKEN",
                                LiveGateway.TOKEN,
                                "DROVER_CACERT",
                                certificates.authority().toString()),
                        "list",
                        "projects")) {
            process.ended().exits(0);
        }
    }

    @Test
    void certificateOfNobodyKnownIsToldAsSuch() {
        assertThat(list(gateway.address()).exits(1).err())
                .isEqualTo(
                        "Error: no gateway answers at "
                                + gateway.address()
                                + ": its certificate is not trusted; give the authority that signed it"
                                + " with --ca-cert or DROVER_CACERT\n");
    }

    @Test
    void certificateForAnotherHostIsToldAsSuch() throws Exception {
        try (Gateway elsewhere = serve("elsewhere", "dns:elsewhere.example")) {
            assertThat(
                            list(
                                            elsewhere.address(),
                                            "--ca-cert",
                                            certificates.authority().toString())
                                    .exits(1)
                                    .err())
                    .contains(elsewhere.address(), "its certificate is for another host name");
        }
    }

    @Test
    void wrongSchemeIsGuessed() {
        assertThat(list(gateway.address().replace("https:", "http:")).exits(1).err())
                .contains("if it serves TLS, the address begins with https://");
        assertThat(list(PLAIN.address().replace("http:", "https:")).exits(1).err())
                .contains("if it serves plain text, the address begins with http://");
    }

    @Test
    void fileOfAuthoritiesThatHoldsNoneIsNamed() throws Exception {
        Path none = Files.writeString(directory.resolve("none.pem"), "not a certificate");
        assertThat(list(gateway.address(), "--ca-cert", none.toString()).exits(1).err())
                .startsWith("Error: the CA file " + none + " holds no certificate");
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        assertThat(list(gateway.address(), "--ca-cert", empty.toString()).exits(1).err())
                .startsWith("Error: the CA file " + empty + " holds no certificate");
        assertThat(list(gateway.address(), "--ca-cert", "no.pem").exits(1).err())
                .isEqualTo("Error: the CA file no.pem does not exist\n");
    }
}
