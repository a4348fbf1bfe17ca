package dev.drover.gateway.promotion;

/**
 * What happened to a release in an environment.
 *
 * @param successMillis when it succeeded last, in milliseconds since 1970; 0: never
 * @param failures how often it failed or was rolled back
 */
record ReleaseRecord(long successMillis, long failures) {
    static final ReleaseRecord NONE = new ReleaseRecord(0, 0);

    ReleaseRecord succeeded(long millis) {
        return new ReleaseRecord(millis, failures);
    }

    ReleaseRecord failed() {
        return new ReleaseRecord(successMillis, failures + 1);
    }
}
