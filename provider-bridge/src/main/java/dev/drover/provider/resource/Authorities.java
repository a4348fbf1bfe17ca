package dev.drover.provider.resource;

import java.io.File;
import java.util.Map;
import java.util.Optional;

/**
 * The certificate authorities that the system trusts, where Go programs look for them too. The Java
 * runtime that comes along has a list of its own, which knows nothing of a company's authorities.
 */
final class Authorities {
    private static final String[] BUNDLES = {
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    };

    private Authorities() {}

    /** The system's PEM file; empty where none is known, and the runtime's list has to do. */
    static Optional<File> ofSystem(Map<String, String> environment) {
        String named = environment.getOrDefault("SSL_CERT_FILE", "");
        if (!named.isEmpty()) {
            return Optional.of(new File(named));
        }
        for (String bundle : BUNDLES) {
            File file = new File(bundle);
            if (file.canRead()) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
