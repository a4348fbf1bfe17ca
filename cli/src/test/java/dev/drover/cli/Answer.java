package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What came of a command.
 *
 * @param exit its exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Answer(int exit, String out, String err) {
    private static final JsonMapper STRICT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    Answer exits(int status) {
        assertThat(exit).as(toString()).isEqualTo(status);
        return this;
    }

    /** Standard output, which has to be one JSON document and nothing else. */
    JsonNode json() {
        try {
            JsonNode document = STRICT.readTree(out);
            assertThat(document.isMissingNode()).as(toString()).isFalse();
            return document;
        } catch (JsonProcessingException e) {
            throw new AssertionError("not one JSON document: " + this, e);
        }
    }

    /** The only line on standard output. */
    String line() {
        assertThat(out.lines()).as(toString()).hasSize(1);
        return out.strip();
    }

    @Override
    public String toString() {
        return "exit %d%n--- out%n%s--- err%n%s".formatted(exit, out, err);
    }
}
