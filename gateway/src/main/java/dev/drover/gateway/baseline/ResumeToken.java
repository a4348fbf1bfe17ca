package dev.drover.gateway.baseline;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a watcher is.
 *
 * @param position changes up to here are known to it
 * @param listedTo the last name of what existed at the start that it got; empty: all of it
 */
record ResumeToken(long position, String listedTo) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}):(.*)");

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position + ":" + listedTo).getBytes(StandardCharsets.UTF_8));
    }

    static ResumeToken parse(String token) {
        try {
            Matcher matcher =
                    TEXT.matcher(
                            new String(
                                    Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
            if (matcher.matches()) {
                return new ResumeToken(Long.parseLong(matcher.group(1)), matcher.group(2));
            }
        } catch (IllegalArgumentException notBase64) {
            throw unusable(token, notBase64);
        }
        throw unusable(token, null);
    }

    private static GatewayException unusable(
            String token, @org.jspecify.annotations.Nullable Throwable cause) {
        String why =
                "'"
                        + token
                        + "' is not a resume token of this watch; send the last one that was"
                        + " received, or none to start anew";
        GatewayException refusal =
                new GatewayException(
                        Reason.INVALID_QUERY,
                        "resume_token: " + why,
                        ErrorDetails.field("resume_token", why));
        if (cause != null) {
            refusal.addSuppressed(cause);
        }
        return refusal;
    }
}
