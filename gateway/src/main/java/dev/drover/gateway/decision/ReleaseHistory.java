package dev.drover.gateway.decision;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One release in one environment.
 *
 * @param healthy whether it runs there now, unbroken since it succeeded
 * @param successTime when it succeeded there last; empty: never
 * @param failures how many promotions of it failed there or were rolled back
 * @param verifications the verdicts of the last success, by the verification's id
 * @param images references of the images of the last success
 */
public record ReleaseHistory(
        boolean healthy,
        Optional<Instant> successTime,
        long failures,
        Map<String, String> verifications,
        List<String> images) {
    public ReleaseHistory {
        verifications = Map.copyOf(verifications);
        images = List.copyOf(images);
    }

    /** Never was there. */
    public static final ReleaseHistory NONE =
            new ReleaseHistory(false, Optional.empty(), 0, Map.of(), List.of());

    /** Whether it was ever brought there with success. */
    public boolean succeeded() {
        return successTime.isPresent();
    }
}
