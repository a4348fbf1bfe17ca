package dev.drover.provider.plugin;

import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * What Terraform says in the environment, and the one line that answers it.
 *
 * @param clientCertificate DER of the only certificate that may connect; empty when TLS is switched
 *     off
 */
record Handshake(Optional<byte[]> clientCertificate) {
    static final String COOKIE_KEY = "TF_PLUGIN_MAGIC_COOKIE";
    static final String COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
    static final String PROTOCOL = "6";

    /** Why the process cannot serve. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean shown;

        /**
         * @param shown whether to say it on stdout too: the only text at start that a user gets to
         *     see
         */
        RefusedException(String message, boolean shown) {
            super(message);
            this.shown = shown;
        }

        boolean isShown() {
            return shown;
        }
    }

    static Handshake accept(Map<String, String> environment) throws RefusedException {
        if (!COOKIE.equals(environment.get(COOKIE_KEY))) {
            throw new RefusedException(
                    """
                    This program is a Terraform provider. It is started by Terraform or OpenTofu, not by hand.
                    Name it in "required_providers" of a configuration and run "terraform init" there.
                    To debug it, start it with -debug.\
                    """,
                    false);
        }
        // A set in random order; without it, the client takes whatever is served.
        String offered = environment.getOrDefault("PLUGIN_PROTOCOL_VERSIONS", PROTOCOL);
        if (!Arrays.asList(offered.split(",", -1)).contains(PROTOCOL)) {
            throw new RefusedException(
                    "this provider needs Terraform 1.0 or newer, or OpenTofu (it speaks plugin protocol "
                            + PROTOCOL
                            + ", offered: "
                            + offered
                            + ")",
                    true);
        }
        String pem = environment.getOrDefault("PLUGIN_CLIENT_CERT", "");
        return new Handshake(pem.isBlank() ? Optional.empty() : Optional.of(der(pem)));
    }

    /**
     * The line, without its end. The certificate is unpadded base64; field 7 would corrupt it for
     * older clients.
     */
    static String line(int port, Optional<byte[]> serverCertificate) {
        String certificate =
                serverCertificate
                        .map(der -> Base64.getEncoder().withoutPadding().encodeToString(der))
                        .orElse("");
        return "1|" + PROTOCOL + "|tcp|127.0.0.1:" + port + "|grpc|" + certificate;
    }

    private static byte[] der(String pem) throws RefusedException {
        int end = pem.indexOf("-----END");
        int start = pem.indexOf("-----", pem.indexOf("-----BEGIN") + 5) + 5;
        if (end < start) {
            throw new RefusedException("PLUGIN_CLIENT_CERT holds no PEM certificate", true);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(start, end));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    "PLUGIN_CLIENT_CERT holds no PEM certificate: " + e.getMessage(), true);
        }
    }
}
