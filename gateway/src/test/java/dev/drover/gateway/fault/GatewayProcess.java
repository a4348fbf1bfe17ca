package dev.drover.gateway.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway in a process of its own. Its log is appended to a file, which outlives it. */
final class GatewayProcess {
    private final Process process;
    private final CompletableFuture<URI> address;

    private GatewayProcess(Process process) {
        this.process = process;
        this.address =
                CompletableFuture.supplyAsync(
                        () -> firstLine(process), task -> Thread.ofVirtual().start(task));
    }

    static GatewayProcess start(Path directory, String rootToken, String nomadToken, File log) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        GatewayProgram.class.getName(),
                        directory.toString(),
                        rootToken,
                        nomadToken);
        try {
            return new GatewayProcess(
                    builder.redirectError(ProcessBuilder.Redirect.appendTo(log)).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its API is; empty if it does not get ready so soon. */
    Optional<URI> ready(long millis) throws InterruptedException {
        try {
            return Optional.of(address.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (ExecutionException ended) {
            throw new IllegalStateException("the gateway did not start", ended);
        }
    }

    /** SIGKILL; nothing in it can react. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The same after a while, in which it must not end by itself. */
    void killAfter(Duration time) throws InterruptedException {
        if (process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(
                    "the gateway ended by itself with " + process.exitValue());
        }
        kill();
    }

    private static URI firstLine(Process process) {
        try {
            String line = process.inputReader().readLine();
            if (line == null) {
                throw new IllegalStateException("the gateway ended");
            }
            return URI.create(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
