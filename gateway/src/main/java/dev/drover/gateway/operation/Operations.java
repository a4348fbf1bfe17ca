package dev.drover.gateway.operation;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs long work and keeps what became of it. Work does not survive the process: an operation that
 * was cut off ends with an error that says so when the gateway starts again.
 */
public final class Operations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);
    private static final int KEPT_MAX = 1000;

    private final OperationStore store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BiFunction<Throwable, String, Status> statuses;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Running(Thread thread, CountDownLatch ended) {}

    /**
     * Operations in these records.
     *
     * @param statuses tells a failure in the terms of the API; the text is the operation's name
     */
    public Operations(
            Records records,
            InstantSource clock,
            RandomGenerator random,
            BiFunction<Throwable, String, Status> statuses) {
        this.store = new OperationStore(records, clock);
        this.clock = clock;
        this.random = random;
        this.statuses = statuses;
    }

    /** Ends what an earlier process left unfinished. */
    public void recover() {
        for (Operation cutOff : store.unfinished()) {
            end(
                    cutOff.toBuilder()
                            .setError(
                                    failure(
                                            new GatewayException(
                                                    Reason.SHUTTING_DOWN,
                                                    "the gateway was stopped while this ran; start"
                                                            + " it again"),
                                            cutOff.getName())));
        }
    }

    /**
     * Starts work.
     *
     * @param metadata how far it is at the start
     * @param event what the audit log says of the start
     */
    public Operation start(Message metadata, AuditEvent event, LongWork work) {
        forgetOldest();
        String name =
                OperationStore.PREFIX + "%012x-%08x".formatted(clock.millis(), random.nextInt());
        Operation begun =
                Operation.newBuilder().setName(name).setMetadata(Any.pack(metadata)).build();
        store.put(begun, Optional.of(event));
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread =
                Thread.ofVirtual().name(name).unstarted(() -> run(begun.toBuilder(), work, ended));
        running.put(name, new Running(thread, ended));
        thread.start();
        return begun;
    }

    private void run(Operation.Builder operation, LongWork work, CountDownLatch ended) {
        try {
            Reporter reporter = new Reporter(operation);
            Message response = work.run(reporter);
            Any last = reporter.last();
            end(operation.setMetadata(last).setResponse(Any.pack(response)));
        } catch (Throwable failure) {
            endWith(operation, failure);
        } finally {
            running.remove(operation.getName());
            ended.countDown();
        }
    }

    private void endWith(Operation.Builder operation, Throwable failure) {
        boolean cancelled = Thread.interrupted() || failure instanceof InterruptedException;
        if (closed) {
            // recover() of the next process tells it.
            return;
        }
        Throwable told =
                cancelled
                        ? new GatewayException(Reason.CALL_CANCELLED, "the operation was cancelled")
                        : failure;
        Status status = failure(told, operation.getName());
        LOG.atInfo()
                .setCause(cancelled ? null : failure)
                .addKeyValue("operation", operation.getName())
                .log("operation ended without a result");
        end(operation.setError(status));
    }

    private Status failure(Throwable failure, String name) {
        return statuses.apply(failure, name);
    }

    private void end(Operation.Builder operation) {
        store.put(operation.setDone(true).build(), Optional.empty());
    }

    /** Notes progress at most once a second: each note is a commit. */
    private final class Reporter implements LongWork.Progress {
        private final Operation.Builder operation;
        private Instant next;
        private Any last;

        Reporter(Operation.Builder operation) {
            this.operation = operation;
            this.last = operation.getMetadata();
            this.next = clock.instant().plus(REPORT_INTERVAL);
        }

        @Override
        public void report(Message metadata) {
            last = Any.pack(metadata);
            Instant now = clock.instant();
            if (now.isAfter(next)) {
                next = now.plus(REPORT_INTERVAL);
                store.put(operation.setMetadata(last).build(), Optional.empty());
            }
        }

        Any last() {
            return last;
        }
    }

    private void forgetOldest() {
        List<Operation> kept = store.list("", KEPT_MAX);
        if (kept.size() == KEPT_MAX) {
            kept.stream()
                    .filter(Operation::getDone)
                    .findFirst()
                    .ifPresent(oldest -> store.delete(oldest.getName()));
        }
    }

    OperationStore store() {
        return store;
    }

    /** Tells the work to stop; nothing happens where it has ended. */
    void cancel(String name) {
        Running found = running.get(name);
        if (found != null) {
            found.thread().interrupt();
        }
    }

    /** Waits until the work has ended, at most this long. */
    void await(String name, Duration time) throws InterruptedException {
        Running found = running.get(name);
        if (found != null && !found.ended().await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("{} goes on", name);
        }
    }

    /** Whether the work is being done by this process. */
    boolean isRunning(String name) {
        return running.containsKey(name);
    }

    /** Cuts off what runs. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(one -> one.thread().interrupt());
        try {
            for (Running one : running.values()) {
                one.thread().join(REPORT_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
