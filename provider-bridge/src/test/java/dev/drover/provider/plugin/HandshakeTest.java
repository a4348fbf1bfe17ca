package dev.drover.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final String COOKIE =
            "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

    @Test
    void lineHasTheCertificateWithoutPadding() {
        byte[] certificate = {1, 2, 3, 4};
        assertThat(Handshake.line(4711, Optional.of(certificate)))
                .isEqualTo("1|6|tcp|127.0.0.1:4711|grpc|AQIDBA");
        assertThat(Handshake.line(4711, Optional.empty()))
                .isEqualTo("1|6|tcp|127.0.0.1:4711|grpc|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "5,6", "6,5", "7,6,5"})
    void versionSixIsFoundInAnyOrder(String offered) throws Exception {
        Handshake handshake =
                Handshake.accept(
                        Map.of(
                                "TF_PLUGIN_MAGIC_COOKIE",
                                COOKIE,
                                "PLUGIN_PROTOCOL_VERSIONS",
                                offered));
        assertThat(handshake.clientCertificate()).isEmpty();
    }

    @Test
    void oldTerraformIsToldWhichOneIsNeeded() {
        assertThatThrownBy(() ->
                        Handshake.accept(
                                Map.of(
                                        "TF_PLUGIN_MAGIC_COOKIE",
                                        COOKIE,
                                        "PLUGIN_PROTOCOL_VERSIONS",
                                        "4,5")))
                .isInstanceOf(Handshake.RefusedException.class)
                .hasMessageContaining("needs Terraform 1.0 or newer")
                .hasMessageContaining("offered: 4,5");
    }

    @Test
    void clientCertificateIsTakenFromItsPem() throws Exception {
        byte[] der =
                "no real certificate, but long enough for two lines of base64 text"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        String pem =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END CERTIFICATE-----\n";
        Handshake handshake =
                Handshake.accept(
                        Map.of("TF_PLUGIN_MAGIC_COOKIE", COOKIE, "PLUGIN_CLIENT_CERT", pem));
        assertThat(handshake.clientCertificate())
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(der));
    }

    @Test
    void damagedClientCertificateIsNotTakenForNone() {
        assertThatThrownBy(() ->
                        Handshake.accept(
                                Map.of(
                                        "TF_PLUGIN_MAGIC_COOKIE",
                                        COOKIE,
                                        "PLUGIN_CLIENT_CERT",
                                        "not PEM")))
                .isInstanceOf(Handshake.RefusedException.class);
    }
}
