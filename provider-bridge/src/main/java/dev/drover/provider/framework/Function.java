package dev.drover.provider.framework;

import java.util.List;
import java.util.Optional;

/**
 * A function that configurations call. It may be asked in a process that was never configured: it
 * knows its arguments and nothing else.
 */
public interface Function {
    /** What it takes and gives. */
    Signature signature();

    /**
     * Computes.
     *
     * @param arguments one for each parameter, then those of the variadic one; null or unknown only
     *     where the parameter allows it
     * @throws ArgumentException where an argument is wrong
     */
    Value call(List<Value> arguments);

    /**
     * A parameter.
     *
     * @param allowsNull otherwise Terraform refuses null by itself
     * @param allowsUnknown otherwise the result of an unknown argument is unknown
     * @param description Markdown
     */
    record Parameter(
            String name, Type type, boolean allowsNull, boolean allowsUnknown, String description) {
        /** One that needs a known value. */
        public static Parameter of(String name, Type type, String description) {
            return new Parameter(name, type, false, false, description);
        }

        boolean refusesUnknown(Value argument) {
            return !allowsUnknown && !argument.isWhollyKnown();
        }
    }

    /**
     * What a function takes and gives.
     *
     * @param summary one line
     * @param description Markdown
     * @param variadic what may follow the parameters, any number of times
     */
    record Signature(
            String summary,
            String description,
            List<Parameter> parameters,
            Optional<Parameter> variadic,
            Type result) {
        public Signature {
            parameters = List.copyOf(parameters);
        }

        /** Of one that takes exactly these. */
        public static Signature of(
                String summary, String description, List<Parameter> parameters, Type result) {
            return new Signature(summary, description, parameters, Optional.empty(), result);
        }

        /**
         * The parameter that an argument is for.
         *
         * @param argument counted from 0
         */
        public Parameter parameter(int argument) {
            if (argument < parameters.size()) {
                return parameters.get(argument);
            }
            return variadic.orElseThrow(() ->
                    new ArgumentException(
                            argument, "there are only " + parameters.size() + " parameters"));
        }
    }

    /** Computes, or gives unknown where an argument is not known that has to be. */
    static Value result(Function function, List<Value> arguments) {
        Signature signature = function.signature();
        if (arguments.size() < signature.parameters().size()) {
            throw new ArgumentException(
                    arguments.size(),
                    signature.parameters().get(arguments.size()).name() + " is missing");
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (signature.parameter(i).refusesUnknown(arguments.get(i))) {
                return Absent.UNKNOWN;
            }
        }
        return function.call(arguments);
    }
}
