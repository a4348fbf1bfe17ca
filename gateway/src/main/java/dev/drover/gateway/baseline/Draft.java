package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import java.util.Optional;
import java.util.Set;

/**
 * What a noun is about to become.
 *
 * @param name its resource name
 * @param message all of it, what the caller did not change included
 * @param previous what it is now, as it is stored; empty: it is created
 * @param given names of the INPUT_ONLY fields that this change sets; the others stay as they are
 * @param author who changes it
 */
public record Draft<M extends Message>(
        String name, M message, Optional<M> previous, Set<String> given, String author) {
    /** The same with another message. */
    public Draft<M> with(M other) {
        return new Draft<>(name, other, previous, given, author);
    }
}
