package dev.drover.gateway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories for stores of tests. */
final class StoreDirectory {
    private StoreDirectory() {}

    static Path create() {
        try {
            // The build gives tests a directory of their own, which need not be there yet.
            Path parent = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            return Files.createTempDirectory(parent, "store").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In memory where the machine has room for files there: much faster, and nothing is kept. */
    static Path createInMemory() {
        Path memory = Path.of("/dev/shm");
        if (!Files.isWritable(memory)) {
            return create();
        }
        try {
            return Files.createTempDirectory(memory, "drover-store").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
