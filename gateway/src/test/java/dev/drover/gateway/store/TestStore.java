package dev.drover.gateway.store;

import dev.drover.gateway.record.StoreUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A store in a fresh directory, for tests of any package; closing it deletes the directory. */
public final class TestStore implements StoreUnderTest {
    private final Path directory;
    private SqliteStore store;

    private TestStore(Path directory) {
        this.directory = directory;
        this.store = SqliteStore.open(StoreSettings.in(directory));
    }

    /** A new, empty one. */
    public static TestStore create() {
        try {
            // The build gives tests a directory of their own, which need not be there yet.
            Path parent = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
            return new TestStore(Files.createTempDirectory(parent, "store"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All ports of it, valid until it is opened again. */
    public SqliteStore store() {
        return store;
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    @Override
    public SqliteStore records() {
        return store;
    }

    @Override
    public SqliteStore work() {
        return store;
    }

    @Override
    public SqliteStore audit() {
        return store;
    }

    @Override
    public void reopen() {
        store.close();
        store = SqliteStore.open(StoreSettings.in(directory));
    }

    @Override
    public void close() {
        store.close();
        delete(directory);
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
