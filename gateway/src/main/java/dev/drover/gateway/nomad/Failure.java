package dev.drover.gateway.nomad;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection or an answer did not come about.
 *
 * @param causes outermost first
 */
record Failure(List<Throwable> causes) {

    private static final int MAX_CAUSES = 10;

    static Failure of(ExecutionException failed) {
        List<Throwable> causes = new ArrayList<>();
        @Nullable Throwable cause = failed.getCause();
        while (cause != null && causes.size() < MAX_CAUSES) {
            causes.add(cause);
            cause = cause.getCause();
        }
        return new Failure(causes);
    }

    /**
     * A server that refuses our certificate says so after we sent the request, but has not read it.
     */
    boolean beforeAnyRequest() {
        return causes.stream().anyMatch(SSLHandshakeException.class::isInstance);
    }

    /**
     * The messages that say something new, outermost first: "Failed to create SSL connection: No
     * name matching …".
     */
    String text() {
        Set<String> texts = new LinkedHashSet<>();
        for (Throwable cause : causes) {
            String message = Objects.requireNonNullElse(cause.getMessage(), "");
            // Some only repeat what they wrap: "SSLHandshakeException: …".
            boolean told = texts.stream().anyMatch(text -> text.contains(message));
            if (!message.isEmpty() && !told && !message.contains("Exception:")) {
                texts.add(message);
            }
        }
        return texts.isEmpty()
                ? causes.getFirst().getClass().getSimpleName()
                : texts.stream().collect(Collectors.joining(": "));
    }
}
