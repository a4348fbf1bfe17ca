package dev.drover.policy.window;

/** Why the declaration of a window is refused. */
public final class WindowSyntax extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String field;
    private final int offset;

    /** In the text of a field. */
    WindowSyntax(int offset, String message) {
        this("", offset, message);
    }

    WindowSyntax(String field, int offset, String message) {
        super(message);
        this.problem = message;
        this.field = field;
        this.offset = offset;
    }

    WindowSyntax in(String name) {
        return new WindowSyntax(name, offset, problem);
    }

    /** One sentence for the author of the window. */
    public String problem() {
        return problem;
    }

    /** The field of the window; empty: the window as a whole. */
    public String field() {
        return field;
    }

    /** Characters before the place that is meant; -1: the field as a whole. */
    public int offset() {
        return offset;
    }
}
