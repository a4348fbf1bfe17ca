package dev.drover.gateway.cluster;

/**
 * The source that Nomad keeps beside a job version for people to read. Nomad drops it, with a
 * warning, above 1 MB, and keeps only the newest six: it is a courtesy, not a record. Must hold no
 * sensitive value.
 *
 * @param source the jobspec as its author wrote it
 * @param format "hcl2" or "json"
 * @param variables text of the HCL variables file
 */
public record Submission(String source, String format, String variables) {

    /** Keep no source. */
    public static final Submission NONE = new Submission("", "hcl2", "");
}
