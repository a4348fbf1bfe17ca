package dev.drover.gateway.cluster;

/**
 * Which log of which task to read, and from where.
 *
 * @param allocationId full id
 * @param output what the task prints to
 * @param follow whether to wait for more at the end; Nomad never ends such a reading by itself, not
 *     even when the task has ended
 * @param start where to begin
 */
public record LogRequest(
        String allocationId, String task, Output output, boolean follow, Start start) {

    /** Outputs of a task. */
    public enum Output {
        STDOUT,
        STDERR
    }

    /**
     * Where to begin.
     *
     * @param fromEnd whether bytes are counted back from the end, else on from the beginning of
     *     what Nomad keeps
     * @param bytes 0 or more
     */
    public record Start(boolean fromEnd, long bytes) {
        /** All that Nomad keeps. */
        public static final Start BEGINNING = new Start(false, 0);

        public Start {
            if (bytes < 0) {
                throw new IllegalArgumentException(bytes + " bytes are less than none");
            }
        }
    }
}
