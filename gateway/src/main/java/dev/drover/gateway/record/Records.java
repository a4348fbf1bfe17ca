package dev.drover.gateway.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where everything is kept. Reads see every commit that has returned; a commit is durable when it
 * returns. Calls block and are made on virtual threads; the adapter does its work on its own
 * threads.
 */
public interface Records {
    /** One record. */
    Optional<StoredRecord> get(String kind, String name);

    /**
     * Records of one kind, by name.
     *
     * @param prefix what the names begin with, for example {@code projects/shop/}; empty: all
     * @param after only names greater than this one; empty: from the start
     * @param limit how many at most, 1 or more
     */
    List<StoredRecord> list(String kind, String prefix, String after, int limit);

    /** Names and kinds of records that refer to this one, at most 20. */
    List<RecordKey> referrers(RecordKey target);

    /**
     * Does all of it in one transaction.
     *
     * @param time when; for audit entries
     * @return the position of its last change, for watchers
     * @throws dev.drover.gateway.error.GatewayException REVISION_CONFLICT where an expected
     *     revision or a fence is not the present one, ALREADY_EXISTS where a record must be absent
     *     and is not, STILL_REFERENCED (with the referrers), REFERENCE_NOT_FOUND (with the missing
     *     name), REVISION_CONFLICT where another commit kept an answer under the same request id
     *     meanwhile ({@link #receipt} has it), CALL_CANCELLED where the caller was interrupted
     *     before it began, STORE_UNAVAILABLE where it cannot be written; nothing is changed then.
     *     Only where the store did not answer in time it may have happened: the message says so
     */
    long commit(Commit commit, Instant time);

    /**
     * The answer kept for this caller's request id, if it is not older than 24 hours at {@code
     * now}.
     */
    Optional<Receipt> receipt(String caller, String requestId, Instant now);

    /** The position of the last change. */
    long position();

    /**
     * Changes in order.
     *
     * @param position where to go on; changes after it are returned
     * @param limit how many at most
     * @return empty where changes after the position were forgotten: the caller has to list again
     */
    Optional<List<RecordChange>> changesAfter(long position, int limit);

    /**
     * Calls back after commits, on a thread of the store; the callback only wakes somebody up.
     * Close to end it.
     */
    AutoCloseable onCommit(Runnable wake);
}
