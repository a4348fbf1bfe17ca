package dev.drover.gateway.verification;

import com.google.protobuf.Value;
import dev.drover.gateway.plan.Namespaces;
import dev.drover.policy.MeasuredText;
import dev.drover.v1.Environment;
import dev.drover.v1.Release;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What is being verified.
 *
 * @param promotion full name
 * @param versions the version that each job of the rollout has in Nomad, by job
 * @param rolloutStart when the rollout began
 */
public record Subject(
        String promotion,
        Release release,
        Environment environment,
        SequencedMap<String, Long> versions,
        Instant rolloutStart) {

    /** What is harmless in an address, a query and a body alike. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:@+~-][A-Za-z0-9._:@+~-]*");

    /** A placeholder that nothing may stand for. */
    static final class UnfitException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnfitException(String message) {
            super(message);
        }
    }

    String namespace() {
        return Namespaces.of(environment);
    }

    /**
     * A text with the placeholders filled in.
     *
     * @throws UnfitException where a variable is missing or a value could change the meaning of the
     *     text
     */
    String fill(String text) {
        return fill(
                text,
                name -> {
                    throw new UnfitException("{{" + name + "}} stands in queries only");
                });
    }

    /** The same with allocation ids. */
    String fill(String text, UnaryOperator<String> allocations) {
        return MeasuredText.fill(
                text,
                name ->
                        name.equals(MeasuredText.ALLOCATIONS)
                                ? allocations.apply(name)
                                : value(name));
    }

    private String value(String name) {
        if (name.startsWith(MeasuredText.VARIABLE)) {
            // Declared by those who declare verifications: taken as it is.
            return variable(name.substring(MeasuredText.VARIABLE.length()));
        }
        String value =
                switch (name) {
                    case "project" -> promotion.split("/", 3)[1];
                    case "application" -> release.getName().split("/", 5)[3];
                    case "environment" -> id(environment.getName());
                    case "namespace" -> namespace();
                    case "release" -> id(release.getName());
                    case "version" ->
                            release.getVersion().isEmpty()
                                    ? id(release.getName())
                                    : release.getVersion();
                    case "promotion" -> id(promotion);
                    default -> throw new UnfitException("unknown placeholder {{" + name + "}}");
                };
        if (!PLAIN.matcher(value).matches()) {
            throw new UnfitException(
                    "{{%s}} is \"%s\": only letters, digits and . _ : @ + ~ - can stand there"
                            .formatted(name, value));
        }
        return value;
    }

    private String variable(String name) {
        Map<String, Value> variables = environment.getVariables().getFieldsMap();
        return Optional.ofNullable(variables.get(name))
                .flatMap(Subject::text)
                .orElseThrow(() ->
                        new UnfitException(
                                environment.getName()
                                        + " has no variable \""
                                        + name
                                        + "\" that is a text, a number or a boolean"));
    }

    private static Optional<String> text(Value value) {
        return switch (value.getKindCase()) {
            case STRING_VALUE -> Optional.of(value.getStringValue());
            case BOOL_VALUE -> Optional.of(Boolean.toString(value.getBoolValue()));
            case NUMBER_VALUE -> Optional.of(number(value.getNumberValue()));
            case NULL_VALUE, STRUCT_VALUE, LIST_VALUE, KIND_NOT_SET -> Optional.empty();
        };
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String id(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
