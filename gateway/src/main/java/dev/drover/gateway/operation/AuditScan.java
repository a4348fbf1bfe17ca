package dev.drover.gateway.operation;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditLog;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.v1.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through the log in one direction and picks what a filter lets through. One page looks at a
 * bounded number of entries: where little matches, pages are short and there are more of them.
 */
final class AuditScan {
    private static final int BATCH = 500;
    private static final int LOOKED_AT_MAX = 20_000;

    private final AuditLog log;
    private final boolean down;

    private AuditScan(AuditLog log, boolean down) {
        this.log = log;
        this.down = down;
    }

    static AuditScan ascending(AuditLog log) {
        return new AuditScan(log, false);
    }

    static AuditScan descending(AuditLog log) {
        return new AuditScan(log, true);
    }

    /**
     * A page.
     *
     * @param next number of the entry to go on with; empty: there are no more
     */
    record Page(List<AuditEntry> entries, Optional<String> next) {}

    /** The page that begins at the entry with this number; empty: at the start. */
    Page page(String place, Predicate<Message> filter, int size) {
        List<AuditEntry> found = new ArrayList<>();
        long at = place.isEmpty() ? start() : Long.parseLong(place);
        int looked = 0;
        while (at >= 0) {
            List<AuditRecord> batch = batch(at);
            if (batch.isEmpty()) {
                return new Page(found, Optional.empty());
            }
            for (AuditRecord entry : batch) {
                if (found.size() == size || looked == LOOKED_AT_MAX) {
                    return new Page(found, Optional.of(String.valueOf(entry.seq())));
                }
                looked++;
                AuditEntry message = AuditEntries.message(entry);
                if (filter.test(message)) {
                    found.add(message);
                }
            }
            long last = batch.getLast().seq();
            at = down ? last - 1 : last + 1;
        }
        return new Page(found, Optional.empty());
    }

    private long start() {
        return down ? log.size() - 1 : 0;
    }

    private List<AuditRecord> batch(long at) {
        if (!down) {
            return log.entries(at, BATCH);
        }
        long from = Math.max(0, at - BATCH + 1);
        return log.entries(from, (int) (at - from + 1)).reversed();
    }
}
