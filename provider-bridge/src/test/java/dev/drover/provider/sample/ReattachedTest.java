package dev.drover.provider.sample;

import dev.drover.provider.plugin.DebugServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests in which every Terraform and OpenTofu of this machine attaches to the sample provider in
 * the test's process.
 */
@ParameterizedClass
@MethodSource("programs")
abstract class ReattachedTest {
    final Things things = new Things();
    final Queue<String> log = new ConcurrentLinkedQueue<>();

    private final Path program;
    private DebugServer server;
    private Cli cli;

    @TempDir Path directory;

    ReattachedTest(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    Cli cli() {
        return cli;
    }

    @BeforeEach
    void serve() throws IOException {
        server =
                DebugServer.start(
                        new SampleProvider(things),
                        SampleProvider.ADDRESS,
                        (level, message, cause) -> log.add(message + " " + cause));
        cli = new Cli(program, directory, Map.of(DebugServer.VARIABLE, server.reattach()));
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
