package dev.drover.gateway.baseline;

import com.google.protobuf.Message;
import dev.drover.gateway.record.Write;
import java.util.List;

/** What is special about a kind. Every hook has a default: an ordinary noun needs none of them. */
public interface Hooks<M extends Message> {
    /** Checks that annotations cannot say. Paths are relative to the noun. */
    default void validate(Draft<M> draft, Lookup lookup, Problems problems) {}

    /** What it refers to; by default every field with a resource reference, and the parent. */
    default List<Reference> references(Kind<M> kind, M message, Kinds kinds) {
        return References.of(kind, message, kinds);
    }

    /**
     * What is stored, and what else changes with it. Called after all checks, also where nothing
     * will be committed.
     */
    default Prepared<M> beforeCommit(Draft<M> draft, Lookup lookup) {
        return Prepared.of(draft.message());
    }

    /**
     * Refuses a deletion by throwing. References are looked after elsewhere.
     *
     * @param message as it is stored
     */
    default void checkDeletion(M message) {}

    /**
     * What goes with it when it is deleted, in the same commit and before it.
     *
     * @param message as it is stored
     */
    default List<Write> alongsideDeletion(M message, Lookup lookup) {
        return List.of();
    }

    /** Fills in what is not stored but looked at whenever it is read. */
    default M present(M message) {
        return message;
    }
}
