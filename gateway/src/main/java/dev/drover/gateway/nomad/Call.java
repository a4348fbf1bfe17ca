package dev.drover.gateway.nomad;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One request to Nomad, the same for each server it may be sent to.
 *
 * @param name for metrics and messages ("plan")
 * @param uri path and query, encoded
 * @param body JSON text, empty for none
 * @param readOnly whether it may be sent again although Nomad may have got it already
 */
record Call(String name, HttpMethod method, String uri, Buffer body, boolean readOnly) {

    static Call read(String name, String uri) {
        return new Call(name, HttpMethod.GET, uri, Buffer.buffer(), true);
    }

    /** Asks with a body and changes nothing. */
    static Call ask(String name, String uri, JsonNode body) {
        return new Call(name, HttpMethod.POST, uri, Buffer.buffer(body.toString()), true);
    }

    static Call write(String name, String uri, JsonNode body) {
        return new Call(name, HttpMethod.POST, uri, Buffer.buffer(body.toString()), false);
    }

    static Call delete(String name, String uri) {
        return new Call(name, HttpMethod.DELETE, uri, Buffer.buffer(), false);
    }

    /** Text as one path segment or query value; job ids may hold slashes. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
