package dev.drover.gateway.app;

import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.outbound.AllowedHosts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** What a configuration must be beyond the kinds of its values. */
final class ConfigRules {
    private static final int PORT_MAX = 65_535;
    private static final int REQUEST_BYTES_MIN = 1024;
    private static final int REQUEST_BYTES_MAX = 64 << 20;
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    private ConfigRules() {}

    static void check(GatewayConfig config) {
        within("listen.port", config.listen().port(), 0, PORT_MAX);
        within(
                "calls.max_request_bytes",
                config.calls().maxRequestBytes(),
                REQUEST_BYTES_MIN,
                REQUEST_BYTES_MAX);
        positive("calls.max_time", config.calls().maxTime());
        positive("calls.slow_reader", config.calls().slowReader());
        positive("store.deadline", config.store().deadline());
        if (config.store().directory().isBlank()) {
            throw new StartFailure("store.directory is empty; name a directory for the data");
        }
        if (!LEVELS.contains(config.log().level())) {
            throw new StartFailure(
                    "log.level is "
                            + config.log().level()
                            + "; possible are error, warn, info, debug and trace");
        }
        readable("verification.ca", config.verification().ca());
        try {
            AllowedHosts.of(config.verification().allowedHosts());
        } catch (IllegalArgumentException e) {
            throw new StartFailure("verification.allowed_hosts: " + e.getMessage(), e);
        }
        tls(config.listen());
    }

    private static void tls(GatewayConfig.Listen listen) {
        GatewayConfig.Tls tls = listen.tls();
        if (tls.certificate().isEmpty() != tls.key().isEmpty()) {
            throw new StartFailure(
                    "listen.tls.certificate and listen.tls.key belong together; one is empty");
        }
        if (!tls.clientCa().isEmpty() && !tls.on()) {
            throw new StartFailure(
                    "listen.tls.client_ca needs listen.tls.certificate and listen.tls.key as well");
        }
        readable("listen.tls.certificate", tls.certificate());
        readable("listen.tls.key", tls.key());
        readable("listen.tls.client_ca", tls.clientCa());
        if (!tls.on() && !listen.plaintext() && !loopback(listen.host())) {
            throw new StartFailure(
                    "listen.host is "
                            + listen.host()
                            + ", which other machines reach: set listen.tls.certificate and"
                            + " listen.tls.key, or listen.plaintext where a proxy in front does"
                            + " TLS");
        }
    }

    private static void within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new StartFailure(key + " is " + value + "; possible are " + min + " to " + max);
        }
    }

    private static void positive(String key, Duration value) {
        if (!value.isPositive()) {
            throw new StartFailure(key + " is " + ConfigMapper.text(value) + "; more is needed");
        }
    }

    private static void readable(String key, String file) {
        if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
            throw new StartFailure(key + ": cannot read " + file);
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartFailure("listen.host: there is no host " + host, e);
        }
    }
}
