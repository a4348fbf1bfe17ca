package dev.drover.gateway.cluster;

/**
 * Where a secret is found, never the secret itself.
 *
 * @param source kind of place
 * @param location name of the environment variable, or path of the file; "" for none
 */
public record SecretReference(Source source, String location) {

    /** No secret: the cluster has no access control. */
    public static final SecretReference NONE = new SecretReference(Source.NONE, "");

    /** Kinds of places. */
    public enum Source {
        NONE,
        ENVIRONMENT,
        FILE
    }

    /**
     * Reads {@code env:NAME}, {@code file:PATH} or "".
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat the text,
     *     which may be a secret that somebody pasted by mistake
     */
    public static SecretReference parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        if (text.startsWith("env:") && text.length() > "env:".length()) {
            return new SecretReference(Source.ENVIRONMENT, text.substring("env:".length()));
        }
        if (text.startsWith("file:") && text.length() > "file:".length()) {
            return new SecretReference(Source.FILE, text.substring("file:".length()));
        }
        throw new IllegalArgumentException(
                "not a secret reference: write env:NAME for an environment variable of the gateway or file:PATH for a file"
                        + " it can read");
    }

    @Override
    public String toString() {
        return switch (source) {
            case NONE -> "";
            case ENVIRONMENT -> "env:" + location;
            case FILE -> "file:" + location;
        };
    }
}
