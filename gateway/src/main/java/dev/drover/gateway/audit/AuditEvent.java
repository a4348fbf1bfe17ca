package dev.drover.gateway.audit;

import java.util.Map;

/**
 * One thing that happened, before the log gave it a number and a time.
 *
 * @param actor who: an account, {@code root} or {@code drover}
 * @param action what, for example {@code promotion.approve}
 * @param resource resource name of what it happened to
 * @param summary one line for people
 * @param details etags, states, digests, reasons; never a sensitive value
 * @param requestId the call that caused it, as in the gateway's log; empty where the gateway acted
 *     by itself
 */
public record AuditEvent(
        String actor,
        String action,
        String resource,
        String summary,
        Map<String, String> details,
        String requestId) {
    public AuditEvent {
        details = Map.copyOf(details);
    }
}
