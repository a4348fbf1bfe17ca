package dev.drover.gateway.call;

import dev.drover.gateway.error.GatewayException;
import dev.drover.policy.TextChecks;
import java.util.Optional;

/** What people write to explain what they do: reasons and comments. Others read it later. */
public final class GivenText {
    private static final int MAX = 1000;

    private GivenText() {}

    /** Refuses a text that is missing, blank, too long, or hides something. */
    public static void required(String field, String text) {
        if (text.isBlank()) {
            throw GatewayException.invalidField(field, "is required; tell in one sentence why");
        }
        optional(field, text);
    }

    /** Refuses a text that is too long or hides something. */
    public static void optional(String field, String text) {
        problem(text)
                .ifPresent(problem -> {
                    throw GatewayException.invalidField(field, problem);
                });
    }

    private static Optional<String> problem(String text) {
        return text.length() > MAX
                ? Optional.of("has " + text.length() + " characters; at most " + MAX)
                : TextChecks.problem(text);
    }
}
