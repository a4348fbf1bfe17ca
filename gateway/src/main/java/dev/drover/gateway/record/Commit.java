package dev.drover.gateway.record;

import dev.drover.gateway.audit.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What happens together or not at all: writes, audit entries, the kept answer, and the engine's
 * work.
 *
 * @param writes changes of records, each name at most once
 * @param events entries for the audit log, in order
 * @param receipt the answer to keep under the caller's request id
 * @param work changes of the engine's list of work
 */
public record Commit(
        List<Write> writes,
        List<AuditEvent> events,
        Optional<Receipt> receipt,
        List<WorkChange> work) {
    public Commit {
        writes = List.copyOf(writes);
        events = List.copyOf(events);
        work = List.copyOf(work);
    }

    /** Writes and one audit entry. */
    public static Commit of(List<Write> writes, AuditEvent event) {
        return new Commit(writes, List.of(event), Optional.empty(), List.of());
    }

    /** The same with an answer to keep. */
    public Commit with(Optional<Receipt> kept) {
        return new Commit(writes, events, kept, work);
    }

    /** The same with more changes of the list of work. */
    public Commit with(List<WorkChange> more) {
        List<WorkChange> all = new ArrayList<>(work);
        all.addAll(more);
        return new Commit(writes, events, receipt, all);
    }
}
