package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditLog;
import dev.drover.gateway.error.GatewayException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract suites share: a fresh store for each test, and short words for commits. */
public abstract class StoreContract {
    /** A moment; tests count from here. */
    protected static final Instant T0 = Instant.parse("2026-11-21T10:00:00.123456Z");

    private StoreUnderTest store = new NoStore();

    /** A fresh, empty store. */
    protected abstract StoreUnderTest open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    protected final Records records() {
        return store.records();
    }

    protected final WorkList work() {
        return store.work();
    }

    protected final AuditLog audit() {
        return store.audit();
    }

    protected final void reopen() {
        store.reopen();
    }

    protected final long commit(Write... writes) {
        return records().commit(Commit.of(List.of(writes), event("test")), T0);
    }

    protected final long commit(WorkChange... changes) {
        return records().commit(work(changes), T0);
    }

    protected final GatewayException refused(Write... writes) {
        return catchThrowableOfType(GatewayException.class, () -> commit(writes));
    }

    protected final GatewayException refused(WorkChange... changes) {
        return catchThrowableOfType(GatewayException.class, () -> commit(changes));
    }

    protected static Commit work(WorkChange... changes) {
        return new Commit(List.of(), List.of(), Optional.empty(), List.of(changes));
    }

    protected static Write create(String kind, String name) {
        return put(kind, name, Write.ABSENT, bytes(name));
    }

    protected static Write put(String kind, String name, long revision, ByteString body) {
        return new Write.Put(kind, name, revision, body, List.of());
    }

    protected static Write referring(String kind, String name, String toKind, String toName) {
        return new Write.Put(
                kind, name, Write.ABSENT, bytes(name), List.of(new RecordKey(toKind, toName)));
    }

    protected static AuditEvent event(String summary) {
        return new AuditEvent(
                "serviceAccounts/ci",
                "project.create",
                "projects/shop",
                summary,
                Map.of("etag", "1", "before", "0"),
                "request-1");
    }

    protected static Receipt receipt(String requestId, Instant time) {
        return new Receipt("caller", requestId, bytes("digest"), bytes("answer"), time);
    }

    protected static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    /** Before a test begins. */
    private static final class NoStore implements StoreUnderTest {
        @Override
        public Records records() {
            throw new IllegalStateException("not open");
        }

        @Override
        public WorkList work() {
            throw new IllegalStateException("not open");
        }

        @Override
        public AuditLog audit() {
            throw new IllegalStateException("not open");
        }

        @Override
        public void reopen() {
            throw new IllegalStateException("not open");
        }

        @Override
        public void close() {}
    }
}
