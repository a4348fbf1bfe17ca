package dev.drover.gateway.api;

import dev.drover.gateway.api.dispatch.ApiLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the API is served.
 *
 * @param host address to listen on
 * @param port port to listen on; 0: a free one
 * @param tls certificate and key; empty: plain text
 * @param corsOrigins origins whose pages may call; empty: none
 * @param limits of one call
 */
public record ApiSettings(
        String host, int port, Optional<Tls> tls, List<String> corsOrigins, ApiLimits limits) {
    public ApiSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /**
     * TLS of the server.
     *
     * @param certificate PEM file with the chain
     * @param key PEM file with the private key
     * @param clientCa PEM file with the authorities that sign callers; empty: callers need no
     *     certificate
     */
    public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}

    /** Plain text on a free port of the loopback interface. */
    public static ApiSettings loopback() {
        return new ApiSettings("127.0.0.1", 0, Optional.empty(), List.of(), ApiLimits.DEFAULT);
    }
}
