package dev.drover.cli;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is at the gateway, as it told us: limits are told in its time, and the clock of this
 * machine may be wrong.
 */
final class GatewayTime {
    private final LongSupplier nanos;
    private @Nullable Instant told;
    private long toldNanos;

    /** Goes on from what is told by this count of nanoseconds. */
    GatewayTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The gateway was at this time a moment ago. */
    synchronized void told(Timestamp time) {
        told = instant(time);
        toldNanos = nanos.getAsLong();
    }

    /**
     * How long it is until then, negative for what is past; empty: the gateway told no time yet.
     */
    synchronized Optional<Duration> until(Timestamp time) {
        return until(instant(time));
    }

    synchronized Optional<Duration> until(Instant time) {
        return told == null
                ? Optional.empty()
                : Optional.of(
                        Duration.between(told.plusNanos(nanos.getAsLong() - toldNanos), time));
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
