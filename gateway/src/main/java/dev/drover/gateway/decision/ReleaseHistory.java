package dev.drover.gateway.decision;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One release in one environment.
 *
 * @param healthy whether it runs there now, unbroken since it succeeded
 * @param successTime when it succeeded there last; empty: never
 * @param failures how many promotions of it failed there or were rolled back
 * @param verifications the verdicts of the last success, by the verification's id
 */
public record ReleaseHistory(
        boolean healthy,
        Optional<Instant> successTime,
        long failures,
        Map<String, String> verifications) {
    public ReleaseHistory {
        verifications = Map.copyOf(verifications);
    }

    /** Never was there. */
    public static final ReleaseHistory NONE =
            new ReleaseHistory(false, Optional.empty(), 0, Map.of());

    /** Whether it was ever brought there with success. */
    public boolean succeeded() {
        return successTime.isPresent();
    }
}
