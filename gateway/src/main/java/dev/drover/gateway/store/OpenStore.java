package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.RecordKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads and connections of an open store: how work gets to SQLite and back. */
final class OpenStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStore.class);

    private final Duration deadline;
    private final SqliteFile file;
    private final StoreLock lock;
    private final RecentRecords recent = new RecentRecords();
    private final StoreWriter writer;
    private final StoreReaders readers;
    private final CommitSignal signal = new CommitSignal();
    private final Upkeep upkeep;

    private OpenStore(
            Duration deadline, StoreLock lock, SqliteFile file, ChangeRetention retention) {
        StoreFailures failures = new StoreFailures(file.path());
        this.deadline = deadline;
        this.file = file;
        this.lock = lock;
        this.writer = new StoreWriter(file, failures, recent, signal::raise);
        this.readers = new StoreReaders(file, failures);
        this.upkeep = new Upkeep(retention);
    }

    /**
     * @param files how to get to the database; tests put a failing one in between
     */
    static OpenStore open(
            StoreSettings settings, ChangeRetention retention, Function<Path, SqliteFile> files) {
        Path directory = settings.directory();
        SqliteFile file = files.apply(directory.resolve("drover.db").toAbsolutePath());
        StoreFailures failures = new StoreFailures(file.path());
        try {
            Files.createDirectories(directory, SqliteFile.onlyForOwner("rwx------"));
            StoreLock lock = StoreLock.take(directory);
            try {
                file.create();
                new Migrations(file, failures).run();
                return new OpenStore(settings.deadline(), lock, file, retention).start();
            } catch (SQLException | IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw failures.unavailable(e);
        }
    }

    private OpenStore start() throws SQLException {
        boolean started = false;
        try {
            writer.start();
            started = true;
            return this;
        } finally {
            if (!started) {
                stopThreads();
            }
        }
    }

    <T> T read(Function<DSLContext, T> body) {
        return readers.read(body, deadline);
    }

    <T> T write(Function<DSLContext, T> body) {
        return write(Set.of(), body);
    }

    /** Writes what may change these records. */
    <T> T write(Set<RecordKey> changed, Function<DSLContext, T> body) {
        return writer.write(new WriteJob<>(body, changed), deadline);
    }

    RecentRecords recent() {
        return recent;
    }

    int waitingWrites() {
        return writer.waiting();
    }

    /** 0 where there is none, for example after an orderly end. */
    long walBytes() {
        return file.path().resolveSibling(file.path().getFileName() + "-wal").toFile().length();
    }

    AutoCloseable onCommit(Runnable wake) {
        return signal.add(wake);
    }

    /** Queues the upkeep that a commit made due; nobody waits for it. */
    void keepUp(Commit commit, Instant time) {
        if (!upkeep.dueAfter(commit, time)) {
            return;
        }
        try {
            writer.submit(new WriteJob<>(sql -> upkeep.run(sql, time), Set.of()));
        } catch (GatewayException closedOrOverrun) {
            LOG.debug("no upkeep of {} now", file.path(), closedOrOverrun);
        }
    }

    @Override
    public void close() {
        stopThreads();
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("the lock beside {} ends with this process", file.path(), e);
        }
    }

    private void stopThreads() {
        readers.close();
        try {
            writer.close();
        } catch (SQLException e) {
            LOG.warn("{} was not closed cleanly; nothing is lost", file.path(), e);
        }
        signal.close();
    }
}
