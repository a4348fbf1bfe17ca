package dev.drover.provider.framework;

/**
 * A message to the person at the command line.
 *
 * @param summary one line: what is wrong
 * @param detail the thing, the value and what to do next; may be empty
 * @param path the attribute it is about, or {@link AttributePath#ROOT}
 */
public record Diagnostic(Severity severity, String summary, String detail, AttributePath path) {
    /** Whether the command fails. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public static Diagnostic error(String summary, String detail) {
        return new Diagnostic(Severity.ERROR, summary, detail, AttributePath.ROOT);
    }

    public static Diagnostic warning(String summary, String detail) {
        return new Diagnostic(Severity.WARNING, summary, detail, AttributePath.ROOT);
    }

    public Diagnostic at(AttributePath where) {
        return new Diagnostic(severity, summary, detail, where);
    }
}
