package dev.drover.gateway.suspension;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes suspensions away whose time is over, and notes it in the audit log. Nothing waits for it:
 * whoever asks about suspensions looks at their ends.
 */
public final class SuspensionExpiry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SuspensionExpiry.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Records records;
    private final Lookup lookup;
    private final InstantSource clock;
    private final Kind<Suspension> kind = Suspensions.kind();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Of these records. */
    public SuspensionExpiry(Records records, Lookup lookup, InstantSource clock) {
        this.records = records;
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Begins to look. */
    public void start() {
        Thread.ofVirtual().name("suspension-expiry").start(this::loop);
    }

    private void loop() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (RuntimeException failure) {
                    LOG.warn(
                            "suspensions whose time is over stay listed; they halt nothing, the next look is in {}",
                            INTERVAL,
                            failure);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look. */
    void look() {
        Instant now = clock.instant();
        for (Versioned<Suspension> one : lookup.list(Suspension.class, "")) {
            if (Suspensions.ended(one.message(), now)) {
                end(one, now);
            }
        }
    }

    private void end(Versioned<Suspension> over, Instant now) {
        Suspension suspension = over.message();
        AuditEvent event =
                new AuditEvent(
                        Principal.DROVER.account(),
                        "suspension.expire",
                        suspension.getName(),
                        "its time is over: " + SuspensionText.told(suspension),
                        Map.of("scope", suspension.getScope(), "reason", suspension.getReason()),
                        "");
        try {
            records.commit(
                    Commit.of(
                            List.of(
                                    new Write.Delete(
                                            kind.recordKind(),
                                            suspension.getName(),
                                            over.revision()),
                                    Suspensions.changed()),
                            event),
                    now);
        } catch (GatewayException lost) {
            if (lost.reason() != Reason.REVISION_CONFLICT) {
                throw lost;
            }
            LOG.debug("{} was lifted, or another gateway ended it", suspension.getName(), lost);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
