package dev.drover.gateway.api.dispatch;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What came with a call besides its request.
 *
 * @param authorization the header of that name
 * @param id identifies the call in log, audit log and answer
 * @param face how it came: {@code grpc}, {@code grpc-web} or {@code http}
 * @param peer address of the caller
 */
public record Inbound(Optional<String> authorization, String id, String face, String peer) {
    /** The header that carries the id, there and back. */
    public static final String ID_HEADER = "x-request-id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    /** The caller's id where it is harmless in a log; otherwise one of our own. */
    public static String id(Optional<String> wanted, RandomGenerator random) {
        return wanted.filter(id -> SANE.matcher(id).matches())
                .orElseGet(() -> "%016x".formatted(random.nextLong()));
    }
}
