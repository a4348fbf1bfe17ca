package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** What a call over HTTP was answered with. */
record Answer(int status, JsonNode body) {
    /** The same, if it is no refusal. */
    JsonNode succeeded() {
        assertThat(status).as(body.toString()).isEqualTo(200);
        return body;
    }

    String message() {
        return body.path("message").asText();
    }

    /** The reason of {@code google.rpc.ErrorInfo}, which is part of the API. */
    String reason() {
        return detail("ErrorInfo").path("reason").asText();
    }

    /** The path of the first field that is wrong. */
    String field() {
        return detail("BadRequest").path("fieldViolations").path(0).path("field").asText();
    }

    JsonNode detail(String type) {
        return StreamSupport.stream(body.path("details").spliterator(), false)
                .filter(detail -> detail.path("@type").asText().endsWith("." + type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " in " + body));
    }
}
