package dev.drover.gateway.nomad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.drover.gateway.cluster.JobHint;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One line of the event stream, as far as it is a hint: payloads, which may be megabytes, are
 * skipped unread.
 *
 * @param index 0 for a heartbeat
 */
record EventLine(long index, Set<JobHint> hints) {

    /**
     * Empty if the line is not an event: the stream's tail may be a broken line or an error text.
     */
    static Optional<EventLine> read(byte[] line) {
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            long index = 0;
            Set<JobHint> hints = new LinkedHashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if ("Index".equals(field)) {
                    index = parser.getLongValue();
                } else if ("Events".equals(field) && value == JsonToken.START_ARRAY) {
                    events(parser, hints);
                } else {
                    parser.skipChildren();
                }
            }
            return Optional.of(new EventLine(index, hints));
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static void events(JsonParser parser, Set<JobHint> hints) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Event event = new Event();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                event.field(parser);
            }
            event.hint().ifPresent(hints::add);
        }
    }

    /** The few fields of an event that say which job it is about. */
    private static final class Event {
        private String topic = "";
        private String key = "";
        private String namespace = "";
        private String firstFilterKey = "";

        void field(JsonParser parser) throws IOException {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "Topic" -> topic = parser.getText();
                case "Key" -> key = parser.getText();
                case "Namespace" -> namespace = parser.getText();
                case "FilterKeys" -> {
                    if (value == JsonToken.START_ARRAY
                            && parser.nextToken() == JsonToken.VALUE_STRING) {
                        firstFilterKey = parser.getText();
                    }
                    while (parser.currentToken() != JsonToken.END_ARRAY
                            && parser.currentToken() != JsonToken.VALUE_NULL) {
                        parser.nextToken();
                    }
                }
                default -> parser.skipChildren();
            }
        }

        /** Jobs are events' keys; other objects carry their job as the first filter key. */
        Optional<JobHint> hint() {
            String job = "Job".equals(topic) ? key : firstFilterKey;
            return job.isEmpty() ? Optional.empty() : Optional.of(new JobHint(namespace, job));
        }
    }
}
