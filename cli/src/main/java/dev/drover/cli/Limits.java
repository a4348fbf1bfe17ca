package dev.drover.cli;

/** Checks numbers that somebody gives. */
final class Limits {
    private Limits() {}

    static void positive(String option, int value) {
        if (value < 1) {
            throw new CliException(option + " is " + value + "; it has to be 1 or more");
        }
    }
}
