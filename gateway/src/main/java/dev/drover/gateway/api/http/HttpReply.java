package dev.drover.gateway.api.http;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.Reason;
import io.vertx.core.http.HttpServerResponse;

/** Writes the answer of one HTTP call; on its context only. */
public final class HttpReply {
    private static final String JSON = "application/json; charset=utf-8";

    private final HttpServerResponse response;
    private final Json json;

    /** Answers here; the id of the call is told to the caller. */
    public HttpReply(HttpServerResponse response, Json json, String id) {
        this.response = response;
        this.json = json;
        response.putHeader(Inbound.ID_HEADER, id);
    }

    HttpServerResponse response() {
        return response;
    }

    /** The answer of a method. */
    public void ok(String body) {
        ok(JSON, body);
    }

    /** Another answer. */
    public void ok(String contentType, String body) {
        response.putHeader("content-type", contentType).end(body);
    }

    /** An error, with the HTTP status that belongs to it. */
    public void refuse(Status status) {
        refuse(HttpStatus.of(status.getCode()), status);
    }

    void refuse(int http, Status status) {
        if (status.getCode() == Code.UNAUTHENTICATED.getNumber()) {
            response.putHeader("www-authenticate", "Bearer");
        }
        response.setStatusCode(http).putHeader("content-type", JSON).end(body(status));
    }

    /** An error that HTTP itself knows. */
    public void refuse(int http, Reason reason, String message) {
        refuse(http, GrpcErrors.status(reason, message, ErrorDetails.NONE));
    }

    String body(Message message) {
        return json.pretty(message);
    }
}
