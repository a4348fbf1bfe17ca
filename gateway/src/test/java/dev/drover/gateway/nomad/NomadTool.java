package dev.drover.gateway.nomad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the Nomad program with {@code tools/fetch}, which builds it if need be. */
final class NomadTool {

    private NomadTool() {}

    static Path find() {
        Path script = projectRoot().resolve("tools/fetch");
        try {
            Process fetch =
                    new ProcessBuilder(script.toString(), "nomad")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String path =
                    new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (fetch.waitFor() != 0) {
                throw new IllegalStateException(script + " nomad failed; see what it says above");
            }
            return Path.of(path);
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(cancelled);
        }
    }

    /** Tests run in their module's directory. */
    private static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("tools/fetch"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException(
                        "no tools/fetch above " + Path.of("").toAbsolutePath());
            }
        }
        return directory;
    }
}
