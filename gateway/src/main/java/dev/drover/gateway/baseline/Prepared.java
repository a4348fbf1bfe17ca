package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.record.Write;
import java.util.List;

/**
 * A draft that passed every check.
 *
 * @param message what will be stored
 * @param alongside what else changes in the same commit
 */
public record Prepared<M extends Message>(M message, List<Write> alongside) {
    public Prepared {
        alongside = List.copyOf(alongside);
    }

    /** Nothing but the message. */
    public static <M extends Message> Prepared<M> of(M message) {
        return new Prepared<>(message, List.of());
    }
}
