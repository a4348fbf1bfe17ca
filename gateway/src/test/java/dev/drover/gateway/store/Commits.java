package dev.drover.gateway.store;

import com.google.protobuf.ByteString;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Short words for the commits of this package's tests. */
final class Commits {
    static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");

    private Commits() {}

    static Commit create(String name) {
        return create(name, ByteString.copyFromUtf8(name));
    }

    static Commit create(String name, ByteString body) {
        Write put = new Write.Put("Project", name, Write.ABSENT, body, List.of());
        return Commit.of(
                List.of(put),
                new AuditEvent("root", "project.create", name, "created", Map.of(), "r-1"));
    }

    static ByteString body(int bytes) {
        return ByteString.copyFrom(new byte[bytes]);
    }
}
