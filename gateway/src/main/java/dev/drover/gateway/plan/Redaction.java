package dev.drover.gateway.plan;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
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

    /** The longer first, so that nothing of one remains where another is a part of it. */
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed();

    private final List<String> values;
    private final List<String> parts;
    private final Set<FieldPlace> places;

    private Redaction(List<String> values, Set<FieldPlace> places) {
        this.values = values;
        this.parts =
                values.stream()
                        .flatMap(Redaction::forms)
                        .distinct()
                        .filter(part -> part.length() >= SHORTEST_PART)
                        .sorted(LONGEST_FIRST)
                        .toList();
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
                        .toList();
        Set<FieldPlace> places = new HashSet<>();
        specs.forEach(spec -> places.addAll(FieldPlace.ofPlaceholders(spec)));
        return new Redaction(values, places);
    }

    /** Everything that is taken out of sentences, the longer first. */
    List<String> parts() {
        return parts;
    }

    /** A whole value: all of it is hidden where any of it is sensitive. */
    String value(FieldPlace place, String text) {
        if (text.isEmpty()) {
            return text;
        }
        boolean sensitive =
                places.contains(place)
                        || Placeholders.in(text)
                        || values.contains(text)
                        || parts.stream().anyMatch(text::contains);
        return sensitive ? SENSITIVE : text;
    }

    /** A sentence: only the sensitive part is hidden. */
    String sentence(String text) {
        if (values.contains(text)) {
            return SENSITIVE;
        }
        String result = text;
        for (String part : parts) {
            result = result.replace(part, SENSITIVE);
        }
        return result;
    }

    /** As it is, as a quoted text has it, and line by line: error texts are put on one line. */
    private static Stream<String> forms(String value) {
        String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(value));
        Stream<String> lines =
                value.indexOf('\n') < 0 ? Stream.of() : value.lines().map(String::strip);
        return Stream.concat(Stream.of(value, quoted), lines);
    }
}
