package dev.drover.gateway.nomad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds programs with {@code tools/fetch}, which builds or unpacks them if need be. */
public final class FetchedTool {

    private FetchedTool() {}

    /** The path of a program that {@code tools/fetch} knows. */
    public static Path path(String name) {
        Path script = projectRoot().resolve("tools/fetch");
        try {
            Process fetch =
                    new ProcessBuilder(script.toString(), name)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String path =
                    new String(fetch.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (fetch.waitFor() != 0) {
                throw new IllegalStateException(
                        script + " " + name + " failed; see what it says above");
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
