package dev.drover.gateway.suspension;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.Kinds;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.Suspension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of suspensions whose time is over. */
class SuspensionExpiryTest {
    private final SimulatedTime time = new SimulatedTime();
    private final TestStore files = TestStore.create();
    private final Lookup lookup = new Lookup(files.store(), Kinds.of(List.of(Suspensions.kind())));
    private final SuspensionExpiry expiry = new SuspensionExpiry(files.store(), lookup, time);

    @AfterEach
    void close() {
        expiry.close();
        files.close();
    }

    @Test
    void oneWhoseTimeIsOverIsTakenAwayWithAnAuditEntryAndOthersStay() {
        put("suspensions/lunch", 60);
        put("suspensions/audit", 0);
        Write before = Suspensions.unchanged(files.store());
        time.advance(Duration.ofSeconds(59));
        expiry.look();
        assertThat(names()).containsExactly("suspensions/audit", "suspensions/lunch");
        assertThat(Suspensions.unchanged(files.store())).isEqualTo(before);

        time.advance(Duration.ofSeconds(1));
        assertThat(Suspensions.inForce(lookup, time.instant()))
                .extracting(Suspension::getName)
                .containsExactly("suspensions/audit");
        expiry.look();
        expiry.look();
        assertThat(names()).containsExactly("suspensions/audit");
        assertThat(Suspensions.unchanged(files.store())).isNotEqualTo(before);
        assertThat(files.store().entries(0, 10))
                .extracting(entry -> entry.event().action())
                .containsOnlyOnce("suspension.expire");
    }

    private List<String> names() {
        return lookup.list(Suspension.class, "").stream()
                .map(one -> one.message().getName())
                .toList();
    }

    private void put(String name, long seconds) {
        Suspension.Builder suspension = Suspension.newBuilder().setName(name).setReason("why");
        if (seconds > 0) {
            suspension.setExpireTime(
                    Timestamp.newBuilder()
                            .setSeconds(time.instant().plusSeconds(seconds).getEpochSecond()));
        }
        files.store()
                .commit(
                        Commit.of(
                                List.of(
                                        new Write.Put(
                                                "Suspension",
                                                name,
                                                Write.ABSENT,
                                                suspension.build().toByteString(),
                                                List.of())),
                                new AuditEvent("somebody", "test", name, "", Map.of(), "")),
                        time.instant());
    }
}
