package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.provider.resource.DroverProvider;
import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged provider, installed from a mirror and started by real Terraform and OpenTofu. */
@ParameterizedClass
@MethodSource("programs")
class ProviderProcessIT {
    private static final String HEADER =
            """
            terraform {
              required_providers {
                drover = { source = "drover.dev/drover/drover" }
              }
            }
            """;
    private static final Pattern IN_STATE = Pattern.compile("drover_project\\.p\\[(\\d+)]");

    private final Path program;

    @TempDir Path directory;
    private Path work;
    private LocalGateway gateway;

    ProviderProcessIT(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @BeforeEach
    void begin() throws IOException {
        gateway = LocalGateway.in(directory.resolve("gateway"));
        Path mirrored = directory.resolve("mirror/" + DroverProvider.ADDRESS);
        Files.createDirectories(mirrored);
        Path zip = zip();
        Files.copy(zip, mirrored.resolve(zip.getFileName()));
        work = Files.createDirectory(directory.resolve("work"));
        Files.writeString(
                work.resolve("cli.tfrc"),
                """
                provider_installation {
                  filesystem_mirror {
                    path    = "%s"
                    include = ["drover.dev/*/*"]
                  }
                }
                """
                        .formatted(directory.resolve("mirror")));
    }

    private static Path zip() throws IOException {
        try (Stream<Path> built = Files.list(Repository.root().resolve("provider-bridge/target"))) {
            return built.filter(file -> file.toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(
                                    "there is no provider zip: run mvnw package"));
        }
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void twoAliasesTalkToTwoGateways() throws Exception {
        try (LocalGateway other = LocalGateway.in(directory.resolve("other"))) {
            write(
                    """
                    provider "drover" {
                      alias   = "other"
                      address = "%s"
                    }
                    resource "drover_project" "one" {
                      name = "one"
                    }
                    resource "drover_project" "two" {
                      provider = drover.other
                      name     = "two"
                    }
                    """
                            .formatted(other.address()));
            Cli cli = cli(program);
            cli.succeed("init", "-input=false");
            cli.succeed("apply", "-auto-approve");
            assertThat(gateway.names("projects")).containsExactly("projects/one");
            assertThat(other.names("projects")).containsExactly("projects/two");
            Cli.Result second = cli.run("plan", "-detailed-exitcode");
            assertThat(second.exit()).as(second.output()).isZero();
        }
    }

    @Test
    void interruptedApplyLosesNothing() throws Exception {
        write(
                """
                resource "drover_project" "p" {
                  count = 200
                  name  = "p${count.index}"
                }
                """);
        cli(program).succeed("init", "-input=false");
        // A process group of its own: Ctrl-C goes to Terraform and to its providers.
        Cli own = cli(inOwnGroup());
        Process apply = own.start("apply", "-auto-approve", "-parallelism=2");
        await().atMost(Duration.ofSeconds(60)).until(() -> !gateway.names("projects").isEmpty());
        Process interrupt =
                new ProcessBuilder("kill", "-INT", "--", "-" + apply.pid()).inheritIO().start();
        assertThat(interrupt.waitFor()).isZero();
        Cli.Result result = own.finish(apply);
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        assertThat(result.output())
                .contains("Interrupt received")
                .doesNotContain("did not respond", "Request cancelled");

        Cli cli = cli(program);
        List<String> stored =
                IN_STATE.matcher(cli.succeed("state", "list"))
                        .results()
                        .map(found -> "projects/p" + found.group(1))
                        .sorted()
                        .toList();
        assertThat(stored).isNotEmpty().hasSizeLessThan(200).isEqualTo(gateway.names("projects"));
        cli.succeed("apply", "-auto-approve");
        assertThat(gateway.names("projects")).hasSize(200);
    }

    private Path inOwnGroup() throws IOException {
        Path script = directory.resolve("in-own-group");
        Files.writeString(script, "#!/bin/sh\nexec setsid '%s' \"$@\"\n".formatted(program));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private Cli cli(Path what) {
        return new Cli(
                what,
                work,
                Map.of("DROVER_ADDR", gateway.address(), "DROVER_TOKEN", LocalGateway.TOKEN));
    }

    private void write(String hcl) throws IOException {
        Files.writeString(work.resolve("main.tf"), HEADER + hcl);
    }
}
