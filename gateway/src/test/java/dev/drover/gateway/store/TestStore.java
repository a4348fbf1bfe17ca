package dev.drover.gateway.store;

import dev.drover.gateway.record.StoreUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/** A store in a fresh directory, for tests of any package; closing it deletes the directory. */
public final class TestStore implements StoreUnderTest {
    private final Path directory;
    private final Optional<FaultySqliteFile> file;
    private SqliteStore store;

    private TestStore(Path directory) {
        this.directory = directory;
        this.file = Optional.empty();
        this.store = SqliteStore.open(StoreSettings.in(directory));
    }

    private TestStore(StoreSettings settings, FaultySqliteFile file) {
        this.directory = settings.directory();
        this.file = Optional.of(file);
        this.store =
                SqliteStore.on(OpenStore.open(settings, ChangeRetention.DEFAULT, path -> file));
    }

    /** A new, empty one. */
    public static TestStore create() {
        return new TestStore(StoreDirectory.create());
    }

    /**
     * A new, empty one whose files are in memory where that is possible, and whose callers wait as
     * long as it takes: for simulations, which are not about the machine's load. Its disk gets full
     * where a test wants that.
     */
    public static TestStore inMemory() {
        Path directory = StoreDirectory.createInMemory();
        return new TestStore(
                new StoreSettings(directory, Duration.ofMinutes(10)),
                new FaultySqliteFile(directory.resolve("drover.db")));
    }

    /** All ports of it, valid until it is opened again. */
    public SqliteStore store() {
        return store;
    }

    /**
     * From now on the disk is full, and the statements of a transaction that begin so find out;
     * only one that is {@link #inMemory}.
     */
    public void fillDisk(String statement) {
        file.orElseThrow().failAt(statement, SQLiteErrorCode.SQLITE_FULL);
    }

    /** There is room on the disk again. */
    public void makeRoom() {
        file.orElseThrow().heal();
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
