package dev.drover.provider.framework;

import java.util.ArrayList;
import java.util.List;

/** The messages of one call, in the order in which they came up; safe for several threads. */
public final class Diagnostics {
    private final List<Diagnostic> messages = new ArrayList<>();
    private boolean errors;

    public synchronized void add(Diagnostic message) {
        messages.add(message);
        errors |= message.severity() == Diagnostic.Severity.ERROR;
    }

    public void error(String summary, String detail) {
        add(Diagnostic.error(summary, detail));
    }

    public void error(AttributePath path, String summary, String detail) {
        add(Diagnostic.error(summary, detail).at(path));
    }

    public void warning(AttributePath path, String summary, String detail) {
        add(Diagnostic.warning(summary, detail).at(path));
    }

    public synchronized boolean hasErrors() {
        return errors;
    }

    public synchronized List<Diagnostic> all() {
        return List.copyOf(messages);
    }
}
