package dev.drover.acceptance.bench;

import dev.drover.acceptance.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs that are measured, as they are packaged, and those that measure. */
final class Programs {
    private Programs() {}

    /** The packaged {@code drover}. */
    static Path drover() throws IOException {
        return only(Repository.root().resolve("cli/target/dist"), "/bin/drover");
    }

    /** The packaged provider's zip. */
    static Path providerZip() throws IOException {
        return only(Repository.root().resolve("provider-bridge/target"), ".zip");
    }

    /** A program of {@code tools/fetch}, which builds it where it is not there. */
    static Path fetched(String name) throws IOException, InterruptedException {
        return Path.of(
                output(List.of(Repository.root().resolve("tools/fetch").toString(), name)).strip());
    }

    /** The end of a path under this directory, which only one file has. */
    static Path only(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.find(directory, 4, (file, is) -> is.isRegularFile())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException("nothing is packaged in " + directory + ": build it"));
        }
    }

    /** What a command prints that has to succeed. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with " + status + ": " + output);
        }
        return output;
    }
}
