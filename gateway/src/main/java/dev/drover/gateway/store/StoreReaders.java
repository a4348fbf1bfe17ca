package dev.drover.gateway.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few threads that read, each with a connection of its own. */
final class StoreReaders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreReaders.class);
    private static final int THREADS = 3;
    private static final int MAX_WAITING = 8192;

    private final SqliteFile file;
    private final StoreFailures failures;
    private final BlockingQueue<Optional<Session>> sessions = new ArrayBlockingQueue<>(THREADS);
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MAX_WAITING),
                    Thread.ofPlatform().name("drover-store-reader-", 1).factory());

    StoreReaders(SqliteFile file, StoreFailures failures) {
        this.file = file;
        this.failures = failures;
        for (int i = 0; i < THREADS; i++) {
            sessions.add(Optional.empty());
        }
    }

    /** Reads in one snapshot, on one of the threads; the caller waits. */
    <T> T read(Function<DSLContext, T> body, Duration deadline) {
        Future<T> future = submit(body);
        try {
            return Waiting.outcome(future, deadline.toNanos());
        } catch (InterruptedException e) {
            future.cancel(false);
            throw Waiting.cancelled(e);
        } catch (TimeoutException e) {
            future.cancel(false);
            throw failures.unavailable("did not answer within " + deadline.toSeconds() + " s", e);
        }
    }

    private <T> Future<T> submit(Function<DSLContext, T> body) {
        try {
            return threads.submit(() -> run(body));
        } catch (RejectedExecutionException e) {
            String what =
                    threads.isShutdown()
                            ? "is closed: the gateway is stopping"
                            : "has %d reads waiting already; try again".formatted(MAX_WAITING);
            throw failures.unavailable(what, e);
        }
    }

    private <T> T run(Function<DSLContext, T> body) throws InterruptedException {
        Optional<Session> session = sessions.take();
        boolean sound = false;
        try {
            if (session.isEmpty()) {
                session = Optional.of(new Session(file.openReader()));
            }
            T result = snapshot(session.get(), body);
            sound = true;
            return result;
        } catch (SQLException | DataAccessException e) {
            throw failures.unavailable(e);
        } finally {
            sessions.put(sound ? session : closed(session));
        }
    }

    private static <T> T snapshot(Session session, Function<DSLContext, T> body)
            throws SQLException {
        session.execute("BEGIN");
        T result = body.apply(session.sql());
        session.execute("COMMIT");
        return result;
    }

    private Optional<Session> closed(Optional<Session> session) {
        if (session.isPresent()) {
            try {
                session.get().close();
            } catch (SQLException e) {
                LOG.warn("a reading connection to {} could not be closed", file.path(), e);
            }
        }
        return Optional.empty();
    }

    /** Ends the reads that run, then closes the connections. */
    @Override
    public void close() {
        threads.shutdown();
        Waiting.forever(() -> threads.awaitTermination(1, TimeUnit.HOURS));
        sessions.forEach(this::closed);
    }
}
