package dev.drover.gateway.baseline.query;

import java.util.List;

/** A parsed filter, before its fields are looked up. */
sealed interface FilterNode {
    /** All of these. */
    record All(List<FilterNode> parts) implements FilterNode {}

    /** One of these. */
    record Any(List<FilterNode> parts) implements FilterNode {}

    /** Not this. */
    record Not(FilterNode part) implements FilterNode {}

    /** A field compared with a value; offsets are where each begins in the filter. */
    record Restriction(List<Name> path, Operator operator, Argument argument)
            implements FilterNode {}

    /** One name of a dotted path. */
    record Name(String text, int offset) {}

    /** What a field is compared with. */
    record Argument(String text, boolean quoted, int offset) {}

    /** How a field is compared. */
    enum Operator {
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">="),
        NOT_EQUAL("!="),
        LESS("<"),
        GREATER(">"),
        EQUAL("="),
        HAS(":");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }
}
