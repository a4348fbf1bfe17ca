package dev.drover.gateway.store;

import java.util.Optional;

/** The range of names that begin with a prefix, so that a listing is a search in an index. */
final class NameRange {
    private NameRange() {}

    /** The first name after all those that begin with the prefix; empty where there is no end. */
    static Optional<String> end(String prefix) {
        int length = prefix.length();
        while (length > 0) {
            int last = prefix.codePointBefore(length);
            int start = length - Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                return Optional.of(prefix.substring(0, start) + Character.toString(after(last)));
            }
            length = start;
        }
        return Optional.empty();
    }

    private static int after(int codePoint) {
        // The code points between are halves of pairs, and not characters.
        return codePoint + 1 == Character.MIN_SURROGATE
                ? Character.MAX_SURROGATE + 1
                : codePoint + 1;
    }
}
