package dev.drover.provider.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.sample.Cli;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The provider's zip, installed by real Terraform and OpenTofu from a filesystem mirror. */
@ParameterizedClass
@MethodSource("programs")
class PackagedProviderIT {
    private static final String LAUNCHER = "terraform-provider-drover_v";

    private final Path program;

    @TempDir Path directory;
    private Path zip;
    private Path work;

    PackagedProviderIT(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @BeforeEach
    void mirror() throws IOException {
        zip = zip();
        Path mirrored = directory.resolve("mirror/" + DroverProvider.ADDRESS);
        Files.createDirectories(mirrored);
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
        Files.writeString(
                work.resolve("main.tf"),
                """
                terraform {
                  required_providers {
                    drover = { source = "%s" }
                  }
                }
                resource "drover_policy" "p" {
                  name  = "p"
                  rules = [{ id = "a", expression = { expression = "plan.destructive_updates <= 10" } }]
                }
                """
                        .formatted(DroverProvider.ADDRESS));
    }

    private static Path zip() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(file -> file.getFileName().toString().endsWith(".zip"))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException(
                                    "there is no zip in target: run mvnw package"))
                    .toAbsolutePath();
        }
    }

    @Test
    void providerIsInstalledFromAMirrorAndStartsFromItsCache() throws Exception {
        // In this mode the runtime does not start without the cache.
        Cli cli = new Cli(program, work, Map.of("DROVER_PROVIDER_JAVA_OPTS", "-XX:AOTMode=on"));
        cli.succeed("init", "-input=false");
        assertThat(cli.succeed("validate")).contains("The configuration is valid");
        assertThat(cli.succeed("providers", "schema", "-json")).contains("drover_policy");
    }

    @Test
    void launcherIsTheProgramThatTerraformFindsInTheZip() throws Exception {
        URI uri = URI.create("jar:" + zip.toUri());
        try (FileSystem packed =
                        FileSystems.newFileSystem(
                                uri, Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> files = Files.walk(packed.getPath("/"))) {
            List<Path> all = files.toList();
            assertThat(all)
                    .filteredOn(file ->
                            String.valueOf(file.getFileName())
                                    .startsWith("terraform-provider-drover"))
                    .singleElement()
                    .satisfies(launcher -> assertExecutable(launcher));
            assertExecutable(packed.getPath("/runtime/bin/java"));
            assertThat(all).filteredOn(Files::isSymbolicLink).isEmpty();
            assertThat(all)
                    .filteredOn(file -> file.toString().contains("legal/java.base"))
                    .isNotEmpty();
        }
    }

    private static void assertExecutable(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void systemWithoutGlibcIsToldSo() throws Exception {
        assertThat(refusal("/lib64/ld-linux-x86-64.so.2", "/no/such/loader"))
                .contains("Drover provider cannot start: it needs glibc, and this system has none");
    }

    @Test
    void systemWithAnOldGlibcIsToldSo() throws Exception {
        Path old = Files.createFile(directory.resolve("libc-2.12.so"));
        assertThat(refusal("/lib64/libc-2.*.so", directory + "/libc-2.*.so"))
                .containsPattern(
                        "cannot start: it needs glibc 2\\.\\d+ or newer, and this system has 2\\.12");
        assertThat(old).exists();
    }

    /** What Terraform shows when something in the launcher is different. */
    private String refusal(String text, String replacement) throws Exception {
        Cli cli = new Cli(program, work, Map.of());
        cli.succeed("init", "-input=false");
        Path launcher;
        try (Stream<Path> files = Files.walk(work.resolve(".terraform"))) {
            launcher =
                    files.filter(file -> file.getFileName().toString().startsWith(LAUNCHER))
                            .findFirst()
                            .orElseThrow();
        }
        Path changed =
                Files.createDirectory(directory.resolve("changed")).resolve(launcher.getFileName());
        Files.writeString(changed, Files.readString(launcher).replace(text, replacement));
        Files.setPosixFilePermissions(changed, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                work.resolve("cli.tfrc"),
                "provider_installation {\n  dev_overrides {\n    \"%s\" = \"%s\"\n  }\n}\n"
                        .formatted(DroverProvider.ADDRESS, changed.getParent()));
        Cli.Result result = cli.run("providers", "schema", "-json");
        assertThat(result.exit()).as(result.output()).isEqualTo(1);
        return result.output().replaceAll("\\s+", " ");
    }
}
