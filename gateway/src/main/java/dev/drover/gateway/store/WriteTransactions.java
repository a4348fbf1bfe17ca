package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs batches of jobs on the writing connection, and replaces that connection after a failure:
 * when the disk has room again, or is writable again, the next batch works without a restart. Used
 * by one thread.
 */
final class WriteTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteTransactions.class);

    private final SqliteFile file;
    private final StoreFailures failures;
    private final RecentRecords recent;
    private final WriteTrouble trouble;
    private Optional<Session> session = Optional.empty();

    WriteTransactions(SqliteFile file, StoreFailures failures, RecentRecords recent) {
        this.recent = recent;
        this.file = file;
        this.failures = failures;
        this.trouble = new WriteTrouble(file.path().toString());
    }

    /** Does all of them, and tells each what came of it. @return whether anything was committed */
    boolean run(List<WriteJob<?>> jobs) {
        Optional<GatewayException> failure = begin();
        if (failure.isPresent()) {
            jobs.forEach(job -> job.fail(failure.get()));
            return false;
        }
        Optional<GatewayException> lost = finish(jobs);
        if (lost.isEmpty()) {
            trouble.worked();
            jobs.forEach(WriteJob::publish);
            return true;
        }
        if (jobs.size() == 1) {
            jobs.getFirst().fail(lost.get());
            return false;
        }
        // One job may be too large for a disk that has room for the others.
        boolean any = false;
        for (WriteJob<?> job : jobs) {
            any |= run(List.of(job));
        }
        return any;
    }

    private void open() throws SQLException {
        if (session.isEmpty()) {
            session = Optional.of(new Session(file.openWriter()));
        }
    }

    /** SQLite opens a file that it may not write without a word; only a write tells. */
    void prove() throws SQLException {
        open();
        session.orElseThrow().execute("BEGIN IMMEDIATE");
        session.orElseThrow().execute("PRAGMA user_version = 0");
        session.orElseThrow().execute("ROLLBACK");
    }

    private Optional<GatewayException> begin() {
        try {
            open();
            session.orElseThrow().execute("BEGIN IMMEDIATE");
            return Optional.empty();
        } catch (SQLException | RuntimeException e) {
            return Optional.of(dropSession(e));
        }
    }

    private Optional<GatewayException> finish(List<WriteJob<?>> jobs) {
        Session open = session.orElseThrow();
        try {
            for (WriteJob<?> job : jobs) {
                runInSavepoint(open, job);
            }
            jobs.forEach(job -> recent.committing(job.changed()));
            open.execute("COMMIT");
            recent.committed();
            return Optional.empty();
        } catch (SQLException | RuntimeException e) {
            recent.failed();
            return Optional.of(dropSession(e));
        }
    }

    private static void runInSavepoint(Session open, WriteJob<?> job) throws SQLException {
        open.execute("SAVEPOINT job");
        try {
            job.run(open.sql());
        } catch (RuntimeException | Error refusal) {
            if (StoreFailures.ofTheFile(refusal)) {
                throw refusal;
            }
            open.execute("ROLLBACK TO job");
            job.refuse(refusal);
        }
        open.execute("RELEASE job");
    }

    /** Closing the connection undoes what it did since BEGIN. */
    private GatewayException dropSession(Exception cause) {
        GatewayException told = failures.unavailable(cause);
        trouble.failed(told.text(), cause);
        try {
            close();
        } catch (SQLException e) {
            LOG.warn("the connection to {} could not be closed either", file.path(), e);
        }
        return told;
    }

    /** Brings the file up to date, so that it can be copied without its write-ahead log. */
    void closeForGood() throws SQLException {
        try {
            open();
            session.orElseThrow().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } finally {
            close();
        }
    }

    @Override
    public void close() throws SQLException {
        Optional<Session> open = session;
        session = Optional.empty();
        if (open.isPresent()) {
            open.get().close();
        }
    }
}
