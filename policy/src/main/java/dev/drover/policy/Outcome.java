package dev.drover.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an evaluation yields. Nothing that an expression or its input does is an exception. */
public sealed interface Outcome {

    /**
     * A condition was decided.
     *
     * @param value whether it holds
     * @param values the parts that decided and their operands, by their text, in the order of the
     *     expression
     */
    record Truth(boolean value, Map<String, String> values) implements Outcome {
        public Truth {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /** A message was written. */
    record Text(String value) implements Outcome {}

    /**
     * The evaluation failed or went over a limit: a gate must treat it as a no.
     *
     * @param code what kind of failure
     * @param message one sentence that says what failed
     * @param line of the part that failed, from 1
     * @param column of the part that failed, from 1
     */
    record Failed(FailureCode code, String message, int line, int column) implements Outcome {}
}
