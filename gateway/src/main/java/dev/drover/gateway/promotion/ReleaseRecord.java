package dev.drover.gateway.promotion;

/**
 * What happened to a release in an environment.
 *
 * @param environmentUid which incarnation of the environment
 * @param successMillis when it succeeded last, in milliseconds since 1970; 0: never
 * @param failures how often it failed or was rolled back
 */
record ReleaseRecord(String environmentUid, long successMillis, long failures) {
    /** Nothing happened to it yet. */
    static ReleaseRecord none(String environmentUid) {
        return new ReleaseRecord(environmentUid, 0, 0);
    }

    ReleaseRecord succeeded(long millis) {
        return new ReleaseRecord(environmentUid, millis, failures);
    }

    ReleaseRecord failed() {
        return new ReleaseRecord(environmentUid, successMillis, failures + 1);
    }
}
