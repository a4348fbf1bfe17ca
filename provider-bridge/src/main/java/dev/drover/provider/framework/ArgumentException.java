package dev.drover.provider.framework;

/** An argument of a function is wrong; the message is meant for the user. */
public final class ArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int argument;
    private final String text;

    /**
     * Refuses an argument.
     *
     * @param argument counted from 0
     * @param text what is wrong, and what would be right
     */
    public ArgumentException(int argument, String text) {
        super(text);
        this.argument = argument;
        this.text = text;
    }

    public int argument() {
        return argument;
    }

    public String text() {
        return text;
    }
}
