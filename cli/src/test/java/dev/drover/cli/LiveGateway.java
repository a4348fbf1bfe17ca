package dev.drover.cli;

import dev.drover.gateway.app.ConfigFile;
import dev.drover.gateway.app.Gateway;
import dev.drover.gateway.app.ProcessLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * JUnit extension: the one real gateway that all tests of this JVM share, on loopback with a store
 * of its own. Tests keep apart by projects of their own.
 *
 * <pre>{@code @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();}</pre>
 */
final class LiveGateway implements BeforeAllCallback {
    static final String TOKEN = "root-token";

    private @Nullable Shared shared;

    private record Shared(Gateway gateway) implements AutoCloseable {
        @Override
        public void close() {
            gateway.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared =
                context.getRoot()
                        .getStore(Namespace.GLOBAL)
                        .getOrComputeIfAbsent(
                                Shared.class, key -> new Shared(start()), Shared.class);
    }

    private static Gateway start() {
        try {
            return start(Files.createTempDirectory("gateway"), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another gateway, for tests that need one with settings of its own. */
    static Gateway start(Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("listen.port", "0");
        all.put("store.directory", directory.toString());
        all.put("log.level", "error");
        all.put("log.format", "text");
        var config = ConfigFile.read(Optional.empty(), Map.of(), all);
        ProcessLog.configure(config.log());
        return Gateway.start(config, Optional.of(TOKEN), Map.of());
    }

    String address() {
        return Objects.requireNonNull(shared, "register this extension in a static field")
                .gateway()
                .address();
    }

    /** Root, who may do everything, in a project. */
    Drover in(String project) {
        return as(TOKEN, project);
    }

    /** Somebody with a token, in a project. */
    Drover as(String token, String project) {
        return Drover.with("--address", address(), "--token", token, "--project", project);
    }

    /** A new account in these groups, in a project. */
    Drover account(String id, String group, String project) {
        Drover root = in(project);
        root.reading(
                        "{\"name\": \"serviceAccounts/%s\", \"groups\": [\"%s\"], \"access_level\": \"OPERATOR\"}"
                                .formatted(id, group),
                        "apply",
                        "service-account",
                        "-f",
                        "-")
                .exits(0);
        return as(root.run("token", "issue", id).exits(0).line(), project);
    }
}
