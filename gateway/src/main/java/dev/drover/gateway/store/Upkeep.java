package dev.drover.gateway.store;

import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old changes and answers now and then, driven by the commits themselves. */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    /** Looks when so much of what may be kept is new; a little more than that is kept meanwhile. */
    private static final int PARTS = 20;

    private final ChangeRetention retention;
    private long changes;
    private long bytes;
    private Instant next = Instant.MIN;

    Upkeep(ChangeRetention retention) {
        this.retention = retention;
    }

    /** Notes a commit; says whether {@link #run} should follow, once for each time that it is. */
    synchronized boolean dueAfter(Commit commit, Instant time) {
        changes += commit.writes().size();
        for (Write write : commit.writes()) {
            bytes += write instanceof Write.Put put ? put.body().size() : 0;
        }
        boolean due =
                changes >= retention.maxChanges() / PARTS
                        || bytes >= retention.maxBytes() / PARTS
                        || !time.isBefore(next);
        if (due) {
            changes = 0;
            bytes = 0;
            next = time.plus(EVERY);
        }
        return due;
    }

    /** To be called on the writer's thread, where nobody waits for what comes of it. */
    boolean run(DSLContext sql, Instant time) {
        try {
            new ChangeTable(sql).prune(retention);
            new ReceiptTable(sql).prune(time);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("old changes and answers stay for now", e);
            throw e;
        }
    }
}
