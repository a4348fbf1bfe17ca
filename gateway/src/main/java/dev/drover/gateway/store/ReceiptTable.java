package dev.drover.gateway.store;

import static dev.drover.gateway.store.Tables.CALLER;
import static dev.drover.gateway.store.Tables.CREATE_TIME;
import static dev.drover.gateway.store.Tables.RECEIPT;
import static dev.drover.gateway.store.Tables.REQUEST_DIGEST;
import static dev.drover.gateway.store.Tables.REQUEST_ID;
import static dev.drover.gateway.store.Tables.RESPONSE;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Answers that are kept under a request id. */
final class ReceiptTable {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int PRUNED_AT_ONCE = 1000;

    private final DSLContext sql;

    ReceiptTable(DSLContext sql) {
        this.sql = sql;
    }

    Optional<Receipt> get(String caller, String requestId, Instant now) {
        return sql.select(REQUEST_DIGEST, RESPONSE, CREATE_TIME)
                .from(RECEIPT)
                .where(is(caller, requestId))
                .and(CREATE_TIME.ge(oldest(now)))
                .fetchOptional(row ->
                        new Receipt(
                                caller,
                                requestId,
                                RecordTable.bytes(row.value1()),
                                RecordTable.bytes(row.value2()),
                                Micros.toInstant(row.value3())));
    }

    /** Keeps an answer, unless another call with the same id was faster. */
    void add(Receipt receipt) {
        sql.deleteFrom(RECEIPT)
                .where(is(receipt.caller(), receipt.requestId()))
                .and(CREATE_TIME.lt(oldest(receipt.createTime())))
                .execute();
        int rows =
                sql.insertInto(RECEIPT, CALLER, REQUEST_ID, REQUEST_DIGEST, RESPONSE, CREATE_TIME)
                        .values(
                                receipt.caller(),
                                receipt.requestId(),
                                receipt.requestDigest().toByteArray(),
                                receipt.response().toByteArray(),
                                Micros.of(receipt.createTime()))
                        .onConflict(CALLER, REQUEST_ID)
                        .doNothing()
                        .execute();
        if (rows == 0) {
            throw new GatewayException(
                    Reason.REVISION_CONFLICT,
                    "request id %s was answered meanwhile; repeat the call to get that answer"
                            .formatted(receipt.requestId()),
                    ErrorDetails.NONE.with("request_id", receipt.requestId()));
        }
    }

    /** Forgets answers that are too old, so few at a time that no caller waits for it. */
    void prune(Instant now) {
        List<Long> expired =
                sql.select(CREATE_TIME)
                        .from(RECEIPT)
                        .where(CREATE_TIME.lt(oldest(now)))
                        .orderBy(CREATE_TIME)
                        .limit(PRUNED_AT_ONCE)
                        .fetch(CREATE_TIME);
        if (!expired.isEmpty()) {
            sql.deleteFrom(RECEIPT).where(CREATE_TIME.le(expired.getLast())).execute();
        }
    }

    private static Condition is(String caller, String requestId) {
        return CALLER.eq(caller).and(REQUEST_ID.eq(requestId));
    }

    private static long oldest(Instant now) {
        return Micros.of(now.minus(KEPT));
    }
}
