package dev.drover.provider.protocol;

import dev.drover.provider.framework.AttributePath;

/** A value that does not have the type of its place in the schema. */
final class MismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MismatchException(AttributePath path, String text) {
        super((path.isRoot() ? "the value" : path.toString()) + ": " + text);
    }
}
