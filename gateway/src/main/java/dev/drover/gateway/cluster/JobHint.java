package dev.drover.gateway.cluster;

/** "Something about this job changed, look": never says what. */
public record JobHint(String namespace, String jobId) {

    /** Any job may have changed: nothing was heard for a while. */
    public static final JobHint EVERYTHING = new JobHint("*", "*");

    /** Whether this is {@link #EVERYTHING}. */
    public boolean everything() {
        return equals(EVERYTHING);
    }
}
