package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.Filter;
import dev.drover.gateway.call.StreamMethod.Sink;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The standard method Watch, for every kind. */
final class Watches {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int BATCH = 500;

    private final Checks checks;
    private final Records records;
    private final InstantSource clock;

    Watches(Checks checks, Records records, InstantSource clock) {
        this.checks = checks;
        this.records = records;
        this.clock = clock;
    }

    <M extends Message> void watch(Kind<M> kind, Message request, Sink sink)
            throws InterruptedException {
        Scope scope = checks.scope(kind, Fields.text(request, "parent"));
        Filter filter = Filter.parse(Fields.text(request, "filter"), kind.type());
        String token = Fields.text(request, "resume_token");
        Watch<M> watch = new Watch<>(kind, scope, filter, sink, !token.isEmpty());
        Semaphore changed = new Semaphore(0);
        // Listens before it looks: a commit in between wakes the loop.
        AutoCloseable listener = records.onCommit(changed::release);
        try {
            follow(watch, start(watch, token), changed);
        } finally {
            close(listener);
        }
    }

    private long start(Watch<?> watch, String token) throws InterruptedException {
        long present = records.position();
        ResumeToken from =
                token.isEmpty() ? new ResumeToken(present, "") : ResumeToken.parse(token);
        if (from.position() > present) {
            // From another store, or from before this one was restored.
            watch.gap(present);
            return present;
        }
        if (token.isEmpty() || !from.listedTo().isEmpty()) {
            list(watch, from);
        }
        watch.heartbeat(from.position(), clock.instant());
        return from.position();
    }

    private <M extends Message> void list(Watch<M> watch, ResumeToken from)
            throws InterruptedException {
        String after = from.listedTo();
        while (true) {
            List<StoredRecord> batch =
                    records.list(watch.kind().recordKind(), watch.scope().prefix(), after, BATCH);
            for (StoredRecord record : batch) {
                watch.exists(record, new ResumeToken(from.position(), record.name()));
            }
            if (batch.size() < BATCH) {
                return;
            }
            after = batch.getLast().name();
        }
    }

    private void follow(Watch<?> watch, long from, Semaphore changed) throws InterruptedException {
        long position = from;
        while (true) {
            Optional<List<RecordChange>> changes = records.changesAfter(position, BATCH);
            if (changes.isEmpty()) {
                position = records.position();
                watch.gap(position);
                continue;
            }
            for (RecordChange change : changes.get()) {
                position = change.position();
                watch.changed(change);
            }
            if (changes.get().isEmpty()) {
                if (changed.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                    changed.drainPermits();
                } else {
                    watch.heartbeat(position, clock.instant());
                }
            }
        }
    }

    // AutoCloseable.close declares Exception; this one only takes a callback off a list.
    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw new IllegalStateException("a listener cannot be taken off", e);
        }
    }
}
