package dev.drover.gateway.store;

import dev.drover.gateway.record.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;

/** A store in a fresh directory, for tests of any package; closing it deletes the directory. */
public final class TestStore implements StoreUnderTest {
    private final Path directory;
    private SqliteStore store;

    private TestStore(Path directory) {
        this(directory, SqliteStore.open(StoreSettings.in(directory)));
    }

    private TestStore(Path directory, SqliteStore store) {
        this.directory = directory;
        this.store = store;
    }

    /** A new, empty one. */
    public static TestStore create() {
        return new TestStore(StoreDirectory.create());
    }

    /**
     * A new, empty one whose files are in memory where that is possible, and whose callers wait as
     * long as it takes: for simulations, which are not about the disk or the machine's load.
     */
    public static TestStore inMemory() {
        Path directory = StoreDirectory.createInMemory();
        return new TestStore(
                directory, SqliteStore.open(new StoreSettings(directory, Duration.ofMinutes(10))));
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
        StoreDirectory.delete(directory);
    }
}
