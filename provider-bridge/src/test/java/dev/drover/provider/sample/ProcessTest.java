package dev.drover.provider.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider as a process that Terraform starts itself, over mutual TLS. */
@ParameterizedClass
@MethodSource("programs")
class ProcessTest {
    private final Path program;

    @TempDir Path directory;

    ProcessTest(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @AfterEach
    void leaveNoProcess() throws IOException {
        Path pid = directory.resolve("pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void terraformStartsTheProviderAndApplies() throws Exception {
        Cli cli =
                new Cli(
                        program,
                        directory,
                        Map.of("TF_LOG_PROVIDER", "TRACE", "TF_LOG_CORE", "OFF"));
        install();
        cli.write("resource \"sample_thing\" \"a\" {\n  name = \"alpha\"\n}\n");
        assertThat(cli.succeed("apply", "-auto-approve")).contains("1 added");
    }

    @Test
    void exceptionOfAnExecutedProviderIsLeveledInTerraformsLog() throws Exception {
        Cli cli =
                new Cli(
                        program,
                        directory,
                        Map.of("TF_LOG_PROVIDER", "ERROR", "TF_LOG_CORE", "OFF"));
        install();
        cli.write(
                "resource \"sample_thing\" \"a\" {\n  name = \"alpha\"\n  note = \"explode\"\n}\n");
        Cli.Result result = cli.run("apply", "-auto-approve");
        assertThat(result.output())
                .contains("[ERROR] provider", "the secret cause", "Internal error, id");
    }

    @Test
    void providerIsClosedBeforeItsProcessEnds() throws Exception {
        Cli cli = new Cli(program, directory, Map.of("TF_LOG", "TRACE"));
        install();
        cli.write("resource \"sample_thing\" \"a\" {\n  name = \"alpha\"\n}\n");
        assertThat(cli.succeed("plan")).contains("the sample is closed");
    }

    @Test
    void withoutTheCookieItSaysWhatItIs() throws Exception {
        Process process = new ProcessBuilder(launcher().toString()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(process.errorReader().readAllAsString())
                .startsWith("This program is a Terraform provider")
                .hasLineCount(3);
        assertThat(process.inputReader().readAllAsString()).isEmpty();
    }

    @Test
    void inDebugModeItPrintsHowToAttach() throws Exception {
        Process process = new ProcessBuilder(launcher().toString(), "-debug").start();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.contains("TF_REATTACH_PROVIDERS=")) {
                line = lines.readLine();
            }
            assertThat(line)
                    .contains(
                            "'{\"example.com/test/sample\":{\"Protocol\":\"grpc\",\"ProtocolVersion\":6,");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void providerWhoseTerraformWasKilledFinishesItsWorkAndEnds() throws Exception {
        Cli cli = new Cli(program, directory, Map.of());
        install();
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        cli.write(
                "resource \"sample_thing\" \"a\" {\n  name = \"alpha\"\n  note = \"after:"
                        + pipe
                        + "\"\n}\n");
        Process apply = cli.start("apply", "-auto-approve");
        // Opening waits for the reader: from here on the creation is running.
        try (OutputStream release = Files.newOutputStream(pipe, StandardOpenOption.WRITE)) {
            apply.destroyForcibly().waitFor();
            await().during(Duration.ofMillis(300)).until(this::providerRuns);
            release.write('\n');
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> !providerRuns());
    }

    /** A process that nobody has waited for yet has no command line any more. */
    private boolean providerRuns() throws IOException {
        Path commandLine =
                Path.of("/proc", Files.readString(directory.resolve("pid")).strip(), "cmdline");
        return Files.exists(commandLine) && !Files.readString(commandLine).isEmpty();
    }

    private void install() throws IOException {
        launcher();
        Files.writeString(
                directory.resolve("cli.tfrc"),
                """
                provider_installation {
                  dev_overrides {
                    "%s" = "%s"
                  }
                  direct {}
                }
                """
                        .formatted(SampleProvider.ADDRESS, directory));
    }

    private Path launcher() throws IOException {
        Path launcher = directory.resolve("terraform-provider-sample");
        String classPath =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        Files.writeString(
                launcher,
                """
                #!/bin/sh
                trap '' INT TERM
                echo $$ > '%s/pid'
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable -Xlog:all=warning:stderr \\
                    -cp '%s' %s "$@"
                """
                        .formatted(
                                directory,
                                System.getProperty("java.home"),
                                classPath,
                                SampleProvider.class.getName()));
        return Files.setPosixFilePermissions(
                launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
