package dev.drover.gateway.store;

import dev.drover.gateway.record.StoreUnderTest;
import java.nio.file.Path;

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
        return new TestStore(StoreDirectory.create());
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
