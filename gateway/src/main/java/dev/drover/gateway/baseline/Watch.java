package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.Filter;
import dev.drover.gateway.call.StreamMethod.Sink;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Gap;
import dev.drover.v1.Heartbeat;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** One watcher: what it wants to see, and what it has seen. */
final class Watch<M extends Message> {
    private final Kind<M> kind;
    private final Scope scope;
    private final Filter filter;
    private final Sink sink;
    private final boolean resumed;
    private final Descriptor answer;
    private final Message prototype;
    private final Set<String> seen = new HashSet<>();

    /**
     * A watcher.
     *
     * @param resumed whether it saw things on a stream before this one
     */
    Watch(Kind<M> kind, Scope scope, Filter filter, Sink sink, boolean resumed) {
        this.kind = kind;
        this.scope = scope;
        this.filter = filter;
        this.sink = sink;
        this.resumed = resumed;
        this.answer = kind.methods().get(Verb.WATCH).getOutputType();
        this.prototype = Prototypes.of(answer);
    }

    Kind<M> kind() {
        return kind;
    }

    Scope scope() {
        return scope;
    }

    void exists(StoredRecord record, ResumeToken token) throws InterruptedException {
        if (!scope.contains(record.name())) {
            return;
        }
        M message = kind.hooks().present(kind.read(record));
        if (filter.test(message)) {
            seen.add(record.name());
            send(kind.fieldName(answer), message, token);
        } else {
            gone(record.name(), token);
        }
    }

    void changed(RecordChange change) throws InterruptedException {
        String name = change.key().name();
        if (!change.key().kind().equals(kind.recordKind()) || !scope.contains(name)) {
            return;
        }
        ResumeToken token = new ResumeToken(change.position(), "");
        if (change.record().isPresent()) {
            exists(change.record().get(), token);
        } else {
            gone(name, token);
        }
    }

    // What stops matching the filter is gone for this watcher. One that resumed may have seen it
    // before.
    private void gone(String name, ResumeToken token) throws InterruptedException {
        if (seen.remove(name) || resumed) {
            send("deleted", name, token);
        }
    }

    void gap(long position) throws InterruptedException {
        send("gap", Gap.getDefaultInstance(), new ResumeToken(position, ""));
    }

    void heartbeat(long position, Instant now) throws InterruptedException {
        Heartbeat heartbeat = Heartbeat.newBuilder().setTime(Fields.timestamp(now)).build();
        send("heartbeat", heartbeat, new ResumeToken(position, ""));
    }

    private void send(String field, Object value, ResumeToken token) throws InterruptedException {
        Message.Builder message = prototype.newBuilderForType();
        Fields.set(message, field, value);
        Fields.set(message, "resume_token", token.toString());
        sink.send(message.build());
    }
}
