package dev.drover.gateway.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the tables hold them: microseconds since 1970, the same on every database. */
final class Micros {
    private Micros() {}

    static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
