package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.plugin.DebugServer;
import dev.drover.provider.resource.DroverProvider;
import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests in which every Terraform and OpenTofu of this machine attaches to the provider in the
 * test's process, and the provider calls a real gateway.
 */
@ParameterizedClass
@MethodSource("programs")
abstract class ProviderTest {
    private static final String HEADER =
            """
            terraform {
              required_providers {
                drover = { source = "drover.dev/drover/drover" }
              }
            }
            """;

    private final Path program;

    @TempDir Path directory;
    LocalGateway gateway;
    private DebugServer server;
    private Path work;
    private Cli cli;

    ProviderTest(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @BeforeEach
    void begin() throws IOException {
        gateway = LocalGateway.in(directory.resolve("gateway"));
        server =
                DebugServer.start(
                        DroverProvider.with(
                                Map.of(
                                        "DROVER_ADDR",
                                        gateway.address(),
                                        "DROVER_TOKEN",
                                        LocalGateway.TOKEN)),
                        DroverProvider.ADDRESS,
                        (level, message, cause) -> {
                            throw new AssertionError(message, cause);
                        });
        work = Files.createDirectory(directory.resolve("work"));
        cli = cliIn(work);
    }

    @AfterEach
    void end() {
        server.close();
        gateway.close();
    }

    Cli cli() {
        return cli;
    }

    Cli cliIn(Path where) {
        return new Cli(program, where, Map.of(DebugServer.VARIABLE, server.reattach()));
    }

    /** The configuration from now on. */
    void write(String hcl) throws IOException {
        Files.writeString(work.resolve("main.tf"), HEADER + hcl);
    }

    /** A module beside the configuration. */
    void writeModule(String name, String hcl) throws IOException {
        Files.writeString(
                Files.createDirectories(work.resolve(name)).resolve("main.tf"), HEADER + hcl);
    }

    void apply(String hcl) throws Exception {
        write(hcl);
        cli.succeed("apply", "-auto-approve");
    }

    void assertNothingToDo() throws Exception {
        Cli.Result plan = cli.run("plan", "-detailed-exitcode");
        assertThat(plan.exit()).as(plan.output()).isZero();
    }

    /** What a command says that must fail, in one line. */
    String fail(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        return line(result.output());
    }

    /** Lines are broken where they are full: what is looked for may be broken too. */
    static String line(String output) {
        return output.replaceAll("\\s+", " ");
    }
}
