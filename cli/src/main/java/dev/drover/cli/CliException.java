package dev.drover.cli;

/** A mistake of the caller that the command finds by itself; the message is the whole output. */
final class CliException extends RuntimeException {
    CliException(String message) {
        super(message);
    }

    CliException(String message, Throwable cause) {
        super(message, cause);
    }
}
