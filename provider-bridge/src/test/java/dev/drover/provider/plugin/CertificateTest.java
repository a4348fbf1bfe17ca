package dev.drover.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.89Z");

    @Test
    void certificateIsSelfSignedForLocalhost() throws Exception {
        X509Certificate certificate = parsed(Certificate.create(NOW));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "localhost"));
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getSerialNumber().signum()).isEqualTo(1);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA384withECDSA");
        assertThat(certificate.getIssuerX500Principal())
                .isEqualTo(certificate.getSubjectX500Principal());
    }

    @Test
    void certificateIsValidBeforeItsCreationAndForDecades() throws Exception {
        X509Certificate certificate = parsed(Certificate.create(NOW));
        assertThat(certificate.getNotBefore().toInstant())
                .isEqualTo(Instant.parse("2026-03-04T05:05:07Z"));
        assertThat(certificate.getNotAfter().toInstant())
                .isAfter(Instant.parse("2056-01-01T00:00:00Z"));
    }

    @Test
    void onlyTheNamedClientIsTrusted() throws Exception {
        Certificate client = Certificate.create(NOW);
        PeerTrust trust = new PeerTrust(client.der());
        trust.checkClientTrusted(new X509Certificate[] {parsed(client)}, "EC");

        X509Certificate stranger = parsed(Certificate.create(NOW));
        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[] {stranger}, "EC"))
                .isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> trust.checkClientTrusted(new X509Certificate[0], "EC"))
                .isInstanceOf(CertificateException.class);
    }

    static X509Certificate parsed(Certificate certificate) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate.der()));
    }
}
