package dev.drover.provider.framework;

import java.util.List;

/**
 * Keeps the spelling that Terraform already has wherever a new value means the same: no perpetual
 * differences.
 */
final class Spelling {
    private Spelling() {}

    /** A plan with the prior texts where the configuration means the same. */
    static Value.Entries ofPrior(Schema schema, Value.Entries planned, Value prior) {
        return Walk.over(
                schema,
                planned,
                List.of(prior),
                (path, attribute, value, others) -> {
                    Value before = others.getFirst();
                    // Null and empty are told apart here: a plan must have exactly what is
                    // configured.
                    boolean bothSet = !before.isNull() && !value.isNull();
                    return bothSet && Likeness.sameMeaning(attribute, value, before)
                            ? before
                            : value;
                });
    }

    /** What a resource returned, spelled as in the plan or in the earlier state. */
    static Value.Entries ofReference(Schema schema, Value.Entries returned, Value reference) {
        return Walk.over(
                schema,
                returned,
                List.of(reference),
                (path, attribute, value, others) -> {
                    Value before = others.getFirst();
                    // Nobody has spelled a computed value yet: an empty list stays one.
                    boolean unspelled = before.isNull() && attribute.presence().isComputed();
                    return !unspelled && Likeness.sameMeaning(attribute, value, before)
                            ? before
                            : value;
                });
    }
}
