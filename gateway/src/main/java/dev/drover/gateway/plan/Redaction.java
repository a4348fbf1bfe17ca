package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps sensitive values out of what Nomad tells: by value, and by the place where one stands or
 * stood, because Nomad may still run a job with a value that Drover no longer knows.
 */
final class Redaction {

    static final String SENSITIVE = "(sensitive)";

    /** A shorter value would be found in texts that have nothing to do with it. */
    private static final int SHORTEST_PART = 4;

    private final List<String> values;
    private final Set<FieldPlace> places;

    private Redaction(List<String> values, Set<FieldPlace> places) {
        this.values = values;
        this.places = places;
    }

    /**
     * Redaction for one job.
     *
     * @param specs the job with placeholders, as it is rendered now and as it was before
     */
    static Redaction of(Secrets secrets, Collection<ObjectNode> specs) {
        List<String> values =
                Stream.concat(secrets.current().values().stream(), secrets.former().stream())
                        .filter(value -> !value.isEmpty())
                        .distinct()
                        // The longer first, so that nothing of one remains where another is a part
                        // of it.
                        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                        .toList();
        Set<FieldPlace> places = new HashSet<>();
        specs.forEach(spec -> places.addAll(FieldPlace.ofPlaceholders(spec)));
        return new Redaction(values, places);
    }

    /** A whole value: all of it is hidden where any of it is sensitive. */
    String value(FieldPlace place, String text) {
        if (text.isEmpty()) {
            return text;
        }
        return places.contains(place) || Placeholders.in(text) || holdsSecret(text)
                ? SENSITIVE
                : text;
    }

    /** A sentence: only the sensitive part is hidden. */
    String sentence(String text) {
        String result = text;
        for (String value : values) {
            if (value.length() >= SHORTEST_PART || result.equals(value)) {
                result = result.replace(value, SENSITIVE);
            }
        }
        return result;
    }

    private boolean holdsSecret(String text) {
        return values.stream()
                .anyMatch(value ->
                        value.length() >= SHORTEST_PART
                                ? text.contains(value)
                                : text.equals(value));
    }
}
