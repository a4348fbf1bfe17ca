package dev.drover.gateway.store;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the embedded store is and how long a call may wait for it.
 *
 * @param directory of the database file, the write-ahead log and the lock; made where it is missing
 * @param deadline how long a caller waits for a read or a commit, queueing included
 */
public record StoreSettings(Path directory, Duration deadline) {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** A store in this directory, with the usual deadline. */
    public static StoreSettings in(Path directory) {
        return new StoreSettings(directory, DEADLINE);
    }
}
