package dev.drover.gateway.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The gateway's configuration, as its file holds it. Every key is described in {@code
 * docs/configuration.md}, and a test holds that page and these records together. What the file
 * leaves out has its default.
 *
 * @param listen where the API is served
 * @param store where everything is kept
 * @param log what is logged
 * @param shutdownSeconds how long calls may go on when the gateway goes down
 */
public record GatewayConfig(
        @JsonProperty("listen") Listen listen,
        @JsonProperty("store") Store store,
        @JsonProperty("log") Log log,
        @JsonProperty("shutdown_seconds") int shutdownSeconds) {

    static final int PORT_DEFAULT = 4680;
    static final GatewayConfig DEFAULT =
            new GatewayConfig(Listen.DEFAULT, Store.DEFAULT, Log.DEFAULT, 20);

    /**
     * Where the API is served.
     *
     * @param host address to listen on
     * @param port port to listen on; 0: a free one
     * @param tls certificate and key; without them only loopback may be listened on
     * @param corsOrigins origins whose pages may call
     * @param maxRequestBytes size of one request, after decompression
     */
    public record Listen(
            @JsonProperty("host") String host,
            @JsonProperty("port") int port,
            @JsonProperty("tls") Optional<Tls> tls,
            @JsonProperty("cors_origins") List<String> corsOrigins,
            @JsonProperty("max_request_bytes") int maxRequestBytes) {
        static final Listen DEFAULT =
                new Listen("127.0.0.1", PORT_DEFAULT, Optional.empty(), List.of(), 4 << 20);

        public Listen {
            corsOrigins = List.copyOf(corsOrigins);
        }
    }

    /**
     * TLS of the API.
     *
     * @param certificate PEM file with the certificate and its chain
     * @param key PEM file with the private key
     * @param clientCa PEM file with the authorities that sign callers
     */
    public record Tls(
            @JsonProperty("certificate") Path certificate,
            @JsonProperty("key") Path key,
            @JsonProperty("client_ca") Optional<Path> clientCa) {}

    /**
     * Where everything is kept.
     *
     * @param directory of the embedded store; made where it does not exist
     */
    public record Store(@JsonProperty("directory") Path directory) {
        static final Store DEFAULT = new Store(Path.of("/var/lib/drover"));
    }

    /**
     * What is logged.
     *
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     */
    public record Log(@JsonProperty("level") String level) {
        static final Log DEFAULT = new Log("info");
    }

    /** The same on another address. */
    public GatewayConfig listeningOn(String host, int port) {
        Listen changed =
                new Listen(host, port, listen.tls, listen.corsOrigins, listen.maxRequestBytes);
        return new GatewayConfig(changed, store, log, shutdownSeconds);
    }

    /** The same with another directory. */
    public GatewayConfig storedIn(Path directory) {
        return new GatewayConfig(listen, new Store(directory), log, shutdownSeconds);
    }

    /** The same with another log level. */
    public GatewayConfig loggingAt(String level) {
        return new GatewayConfig(listen, store, new Log(level), shutdownSeconds);
    }
}
