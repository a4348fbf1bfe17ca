package dev.drover.gateway.app;

import java.time.Duration;
import java.util.List;

/**
 * Everything that can be configured. The key of a value is the path of its component names in snake
 * case, for example {@code listen.max_request_bytes}; docs/configuration.md says what each means,
 * and a test holds that page and these records together.
 *
 * @param listen where the API is served
 * @param calls what a call may take
 * @param store where everything is kept
 * @param verification where measurements may ask
 * @param log what is logged
 * @param shutdown how long calls may go on when the gateway goes down
 */
public record GatewayConfig(
        Listen listen,
        Calls calls,
        Store store,
        Verification verification,
        Log log,
        Duration shutdown) {
    static final GatewayConfig DEFAULT =
            new GatewayConfig(
                    new Listen("127.0.0.1", 4680, new Tls("", "", ""), false, List.of()),
                    new Calls(4 << 20, Duration.ofMinutes(2), Duration.ofSeconds(30)),
                    new Store("/var/lib/drover", Duration.ofSeconds(10)),
                    new Verification(List.of(), ""),
                    new Log("info", Log.Format.JSON),
                    Duration.ofSeconds(20));

    /**
     * Where the API is served.
     *
     * @param host address to listen on
     * @param port port to listen on; 0: a free one
     * @param tls certificate and key
     * @param plaintext whether to serve other machines without TLS
     * @param corsOrigins origins whose pages may call
     */
    public record Listen(
            String host, int port, Tls tls, boolean plaintext, List<String> corsOrigins) {
        public Listen {
            corsOrigins = List.copyOf(corsOrigins);
        }
    }

    /**
     * TLS of the API: paths of PEM files, empty where there is none.
     *
     * @param certificate with its chain
     * @param key of the certificate
     * @param clientCa authorities that sign callers
     */
    public record Tls(String certificate, String key, String clientCa) {
        boolean on() {
            return !certificate.isEmpty();
        }
    }

    /**
     * What a call may take.
     *
     * @param maxRequestBytes size of one request, after decompression
     * @param maxTime how long a call with one answer may run
     * @param slowReader how long a stream waits for a caller that does not read
     */
    public record Calls(int maxRequestBytes, Duration maxTime, Duration slowReader) {}

    /**
     * Where everything is kept.
     *
     * @param directory of the embedded store; made where it does not exist
     * @param deadline how long a call waits for the store
     */
    public record Store(String directory, Duration deadline) {}

    /**
     * Where measurements may ask.
     *
     * @param allowedHosts hosts that requests may go to
     * @param ca authorities of their certificates: path of a PEM file, empty: those of the runtime
     */
    public record Verification(List<String> allowedHosts, String ca) {
        public Verification {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    /**
     * What is logged.
     *
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     * @param format one JSON object a line, or text for people
     */
    public record Log(String level, Format format) {
        /** How a line looks. */
        public enum Format {
            JSON,
            TEXT
        }
    }
}
