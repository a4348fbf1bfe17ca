package dev.drover.provider.framework;

/**
 * Ends a call with a diagnostic that is meant for the user; it is not logged as a fault of the
 * provider.
 */
public final class DiagnosticException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public DiagnosticException(Diagnostic diagnostic) {
        super(diagnostic.summary() + ": " + diagnostic.detail());
        this.diagnostic = diagnostic;
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
