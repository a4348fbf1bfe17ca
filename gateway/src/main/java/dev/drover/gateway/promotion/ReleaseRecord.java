package dev.drover.gateway.promotion;

import java.util.List;
import java.util.Map;

/**
 * What happened to a release in an environment.
 *
 * @param environmentUid which incarnation of the environment
 * @param successMillis when it succeeded last, in milliseconds since 1970; 0: never
 * @param failures how often it failed or was rolled back
 * @param verifications the verdicts of the last success, by the verification's id
 * @param images references of the images of the last success
 */
record ReleaseRecord(
        String environmentUid,
        long successMillis,
        long failures,
        Map<String, String> verifications,
        List<String> images) {
    ReleaseRecord {
        // Records of an older Drover have none.
        verifications = verifications == null ? Map.of() : Map.copyOf(verifications);
        images = images == null ? List.of() : List.copyOf(images);
    }

    /** Nothing happened to it yet. */
    static ReleaseRecord none(String environmentUid) {
        return new ReleaseRecord(environmentUid, 0, 0, Map.of(), List.of());
    }

    ReleaseRecord succeeded(long millis, Map<String, String> verdicts, List<String> brought) {
        return new ReleaseRecord(environmentUid, millis, failures, verdicts, brought);
    }

    ReleaseRecord failed() {
        return new ReleaseRecord(
                environmentUid, successMillis, failures + 1, verifications, images);
    }
}
