package dev.drover.cli;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** Which certificates of gateways are trusted. */
final class Trust {
    private Trust() {}

    /** The authorities of a file, or those of the Java runtime where none is given. */
    static ChannelCredentials of(@Nullable Path authorities) {
        if (authorities == null || authorities.toString().isEmpty()) {
            return TlsChannelCredentials.create();
        }
        byte[] pem =
                InputFile.read("the CA file", authorities.toString())
                        .getBytes(StandardCharsets.UTF_8);
        try {
            if (CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty()) {
                throw new CliException("the CA file " + authorities + " holds no certificate");
            }
            return TlsChannelCredentials.newBuilder()
                    .trustManager(new ByteArrayInputStream(pem))
                    .build();
        } catch (CertificateException e) {
            throw new CliException(
                    "the CA file " + authorities + " holds no certificates in PEM", e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }
}
