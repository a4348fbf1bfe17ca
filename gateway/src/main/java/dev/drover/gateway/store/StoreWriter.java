package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The one thread that writes. It puts all jobs that wait into one transaction, each in a savepoint
 * of its own: many callers share one flush to the disk, and one that is refused takes nobody along.
 */
final class StoreWriter implements AutoCloseable {
    private static final int MAX_BATCH = 256;
    private static final int MAX_WAITING = 8192;

    /** Ends the thread; nothing is queued behind it. */
    private static final WriteJob<Void> END = new WriteJob<>(sql -> null, Set.of());

    private final BlockingQueue<WriteJob<?>> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final WriteTransactions transactions;
    private final StoreFailures failures;
    private final Runnable afterCommit;
    private final Thread thread;
    private boolean closed;

    StoreWriter(
            SqliteFile file, StoreFailures failures, RecentRecords recent, Runnable afterCommit) {
        this.transactions = new WriteTransactions(file, failures, recent);
        this.failures = failures;
        this.afterCommit = afterCommit;
        this.thread = Thread.ofPlatform().name("drover-store-writer").unstarted(this::run);
    }

    /** Begins to write, if the file can be written. */
    void start() throws SQLException {
        transactions.prove();
        thread.start();
    }

    /**
     * Does it in a transaction; the caller waits until it is durable.
     *
     * @throws GatewayException STORE_UNAVAILABLE where it cannot, CALL_CANCELLED where the caller
     *     was interrupted before it began; nothing was changed then, unless the message says that
     *     this is not known
     */
    <T> T write(WriteJob<T> job, Duration deadline) {
        submit(job);
        try {
            return Waiting.outcome(job.outcome(), deadline.toNanos());
        } catch (InterruptedException e) {
            if (job.withdraw()) {
                throw Waiting.cancelled(e);
            }
            return outcomeOfBegun(job, deadline);
        } catch (TimeoutException e) {
            throw tooLate(job, deadline, e);
        }
    }

    /** Queues something that nobody waits for. */
    void submit(WriteJob<?> job) {
        Lock open = gate.readLock();
        open.lock();
        try {
            if (closed) {
                throw failures.unavailable("is closed: the gateway is stopping");
            }
            if (!queue.offer(job)) {
                throw failures.unavailable(
                        "has %d writes waiting already; try again".formatted(MAX_WAITING));
            }
        } finally {
            open.unlock();
        }
    }

    /** How many writes wait for their turn. */
    int waiting() {
        return queue.size();
    }

    /** An interrupted caller still learns what came of a job that had begun: it is nearly done. */
    private <T> T outcomeOfBegun(WriteJob<T> job, Duration deadline) {
        try {
            return Waiting.outcome(job.outcome(), deadline.toNanos());
        } catch (InterruptedException | TimeoutException e) {
            throw tooLate(job, deadline, e);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private GatewayException tooLate(WriteJob<?> job, Duration deadline, Exception cause) {
        String what =
                job.withdraw()
                        ? "did not begin to write within %d s; nothing was changed"
                        : "did not end writing within %d s; whether it happened is not known:"
                                + " look, or repeat the call with the same request id";
        return failures.unavailable(what.formatted(deadline.toSeconds()), cause);
    }

    private void run() {
        boolean ended = false;
        while (!ended) {
            List<WriteJob<?>> jobs = next();
            ended = jobs.remove(END);
            jobs.removeIf(job -> !job.begin());
            // Who is woken for nothing may write, and fail, and be woken again.
            if (!jobs.isEmpty() && transactions.run(jobs)) {
                afterCommit.run();
            }
        }
    }

    private List<WriteJob<?>> next() {
        List<WriteJob<?>> jobs = new ArrayList<>();
        try {
            jobs.add(queue.take());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the writer", e);
        }
        queue.drainTo(jobs, MAX_BATCH - 1);
        return jobs;
    }

    /** Does what is queued, then ends the thread and closes its connection. */
    @Override
    public void close() throws SQLException {
        Lock shut = gate.writeLock();
        shut.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            shut.unlock();
        }
        if (thread.getState() == Thread.State.NEW) {
            transactions.close();
            return;
        }
        Waiting.forever(() -> queue.put(END));
        Waiting.forever(thread::join);
        transactions.closeForGood();
    }
}
