package dev.drover.gateway.store;

import dev.drover.gateway.record.RecordKey;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jooq.DSLContext;

/** Something to do on the writer's thread, and somebody who waits for it. */
final class WriteJob<T> {
    private enum State {
        QUEUED,
        RUNNING,
        WITHDRAWN
    }

    private final Function<DSLContext, T> body;
    private final Set<RecordKey> changed;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private Runnable publish = () -> {};

    /**
     * Something to do.
     *
     * @param changed records that it may change
     */
    WriteJob(Function<DSLContext, T> body, Set<RecordKey> changed) {
        this.body = body;
        this.changed = changed;
    }

    Set<RecordKey> changed() {
        return changed;
    }

    CompletableFuture<T> outcome() {
        return outcome;
    }

    /** Takes the job back; says false where it was begun already: then its outcome will come. */
    boolean withdraw() {
        return state.compareAndSet(State.QUEUED, State.WITHDRAWN);
    }

    /** Says false where it was withdrawn. */
    boolean begin() {
        return state.compareAndSet(State.QUEUED, State.RUNNING);
    }

    /** Does it; what came of it is told by {@link #publish}, once it is durable. */
    void run(DSLContext sql) {
        T result = body.apply(sql);
        publish = () -> outcome.complete(result);
    }

    /** Notes that it was refused, which holds only if the rest of the transaction does. */
    void refuse(Throwable refusal) {
        publish = () -> outcome.completeExceptionally(refusal);
    }

    void publish() {
        publish.run();
    }

    void fail(Throwable failure) {
        outcome.completeExceptionally(failure);
    }
}
