package dev.drover.cli;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.app.ConfigFile;
import dev.drover.gateway.app.Gateway;
import dev.drover.gateway.app.GatewayConfig;
import dev.drover.gateway.app.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the gateway. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = {
            "Run the gateway until it is stopped (SIGTERM, Ctrl-C).",
            "With -dev: on loopback, with a root token, in a fresh directory unless",
            "-data-dir names one."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  drover gateway -dev", "  drover gateway -config /etc/drover/gateway.yaml"})
final class GatewayCommand implements Callable<Integer> {
    private static final String DEV_HOST = "127.0.0.1";
    private static final int TOKEN_BYTES = 24;

    @Option(
            names = {"-dev", "--dev"},
            description = "Development mode")
    boolean dev;

    @Option(
            names = {"-config", "--config"},
            paramLabel = "FILE",
            description = "Configuration (YAML); see docs/configuration.md")
    @Nullable Path config;

    @Option(
            names = {"-data-dir", "--data-dir"},
            paramLabel = "DIR",
            description = "Where everything is kept (store.directory)")
    @Nullable Path dataDirectory;

    @Option(
            names = {"-port", "--port"},
            paramLabel = "PORT",
            description = "Port to listen on; 0 is a free one (listen.port)")
    @Nullable Integer port;

    @Option(
            names = {"-log-level", "--log-level"},
            paramLabel = "LEVEL",
            description = "error, warn, info, debug or trace (log.level)")
    @Nullable String logLevel;

    @Mixin final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return run(System.getenv());
        } catch (StartFailure failure) {
            throw new CliException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private int run(Map<String, String> environment) throws IOException, InterruptedException {
        GatewayConfig settings = settings(environment);
        ProcessLog.configure(settings.log());
        Optional<String> rootToken =
                Optional.ofNullable(environment.get("DROVER_ROOT_TOKEN"))
                        .filter(token -> !token.isBlank());
        boolean made = dev && rootToken.isEmpty();
        if (made) {
            rootToken = Optional.of(newToken());
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Gateway gateway = Gateway.start(settings, rootToken, environment);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    gateway.close();
                                    stopped.countDown();
                                },
                                "shutdown"));
        greet(gateway, settings, made ? rootToken : Optional.empty());
        stopped.await();
        return ExitCode.DONE.status();
    }

    private GatewayConfig settings(Map<String, String> environment) throws IOException {
        Map<String, String> flags = new LinkedHashMap<>();
        if (dev) {
            flags.put("listen.host", DEV_HOST);
            flags.put("log.format", "text");
            Path directory =
                    dataDirectory == null
                            ? Files.createTempDirectory("drover-dev-")
                            : dataDirectory;
            flags.put("store.directory", directory.toString());
        } else if (dataDirectory != null) {
            flags.put("store.directory", dataDirectory.toString());
        }
        if (port != null) {
            flags.put("listen.port", port.toString());
        }
        if (logLevel != null) {
            flags.put("log.level", logLevel);
        }
        return ConfigFile.read(Optional.ofNullable(config), environment, flags);
    }

    private void greet(Gateway gateway, GatewayConfig settings, Optional<String> token) {
        if (output.json()) {
            Struct.Builder ready =
                    Struct.newBuilder()
                            .putFields("address", text(gateway.address()))
                            .putFields("directory", text(settings.store().directory()));
            token.ifPresent(secret -> ready.putFields("token", text(secret)));
            output.print(ready.build());
            return;
        }
        var out = output.out();
        out.println("==> Drover is ready at " + gateway.address());
        if (dev) {
            out.println(
                    "    development mode: everything is kept in " + settings.store().directory());
        }
        token.ifPresent(secret -> {
            out.println("    export DROVER_ADDR=" + gateway.address());
            out.println("    export DROVER_TOKEN=" + secret);
        });
        out.flush();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
