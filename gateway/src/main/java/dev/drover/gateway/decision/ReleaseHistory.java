package dev.drover.gateway.decision;

import java.time.Instant;
import java.util.Optional;

/**
 * One release in one environment.
 *
 * @param healthy whether it runs there now, unbroken since it succeeded
 * @param successTime when it succeeded there last; empty: never
 * @param failures how many promotions of it failed there or were rolled back
 */
public record ReleaseHistory(boolean healthy, Optional<Instant> successTime, long failures) {

    /** Never was there. */
    public static final ReleaseHistory NONE = new ReleaseHistory(false, Optional.empty(), 0);

    /** Whether it was ever brought there with success. */
    public boolean succeeded() {
        return successTime.isPresent();
    }
}
