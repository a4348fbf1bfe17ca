package dev.drover.gateway.error;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine-readable part of an error; each part becomes one detail of {@code google.rpc.Status}.
 *
 * @param metadata values of the message, for {@code ErrorInfo.metadata}
 * @param fields wrong fields, for {@code BadRequest}
 * @param preconditions what is not met, for {@code PreconditionFailure}
 * @param resource what the error is about, for {@code ResourceInfo}
 * @param retryAfter when to try again, for {@code RetryInfo}
 */
public record ErrorDetails(
        Map<String, String> metadata,
        List<FieldViolation> fields,
        List<PreconditionViolation> preconditions,
        Optional<ResourceReference> resource,
        Optional<Duration> retryAfter) {

    /** Nothing beyond the reason. */
    public static final ErrorDetails NONE =
            new ErrorDetails(Map.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    public ErrorDetails {
        metadata = Map.copyOf(metadata);
        fields = List.copyOf(fields);
        preconditions = List.copyOf(preconditions);
    }

    /**
     * One wrong field.
     *
     * @param field path in proto names, for example {@code policy.rules[2].expression.expression}
     * @param description what is wrong and what to do, with line and column where there are any
     */
    public record FieldViolation(String field, String description) {}

    /**
     * One thing that is not met.
     *
     * @param type POLICY, APPROVAL, STATE, REFERENCE, ...
     * @param subject resource name of the rule or the referrer
     * @param description why, in one line
     */
    public record PreconditionViolation(String type, String subject, String description) {}

    /**
     * What an error is about.
     *
     * @param type resource type, for example {@code drover.dev/Environment}
     * @param name resource name
     */
    public record ResourceReference(String type, String name) {}

    /** Details about one wrong field. */
    public static ErrorDetails field(String field, String description) {
        return fields(List.of(new FieldViolation(field, description)));
    }

    /** Details about wrong fields. */
    public static ErrorDetails fields(List<FieldViolation> fields) {
        return new ErrorDetails(Map.of(), fields, List.of(), Optional.empty(), Optional.empty());
    }

    /** Details about what is not met. */
    public static ErrorDetails preconditions(List<PreconditionViolation> preconditions) {
        return new ErrorDetails(
                Map.of(), List.of(), preconditions, Optional.empty(), Optional.empty());
    }

    /** Details about one resource. */
    public static ErrorDetails resource(String type, String name) {
        return new ErrorDetails(
                Map.of(),
                List.of(),
                List.of(),
                Optional.of(new ResourceReference(type, name)),
                Optional.empty());
    }

    /** The same with one more value of the message. */
    public ErrorDetails with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new ErrorDetails(more, fields, preconditions, resource, retryAfter);
    }

    /** The same with one more thing that is not met. */
    public ErrorDetails with(PreconditionViolation violation) {
        List<PreconditionViolation> more = new ArrayList<>(preconditions);
        more.add(violation);
        return new ErrorDetails(metadata, fields, more, resource, retryAfter);
    }

    /** The same with a time to try again. */
    public ErrorDetails withRetryAfter(Duration wait) {
        return new ErrorDetails(metadata, fields, preconditions, resource, Optional.of(wait));
    }
}
