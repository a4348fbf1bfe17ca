package dev.drover.gateway.operation;

import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.error.GatewayException;

/** Sizes and places of pages, with the same bounds as everywhere. */
final class Pages {
    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;

    private Pages() {}

    static int size(int asked) {
        if (asked < 0) {
            throw GatewayException.invalidField(
                    "page_size", asked + " is negative; 0 is " + DEFAULT_SIZE);
        }
        return asked == 0 ? DEFAULT_SIZE : Math.min(asked, MAX_SIZE);
    }

    /** What the token of the page before says; empty: the start. */
    static String place(String query, String token) {
        return token.isEmpty() ? "" : PageToken.place(query, token).toStringUtf8();
    }
}
