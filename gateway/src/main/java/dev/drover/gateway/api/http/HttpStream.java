package dev.drover.gateway.api.http;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.drover.gateway.api.dispatch.Dispatcher.RequestReader;
import dev.drover.gateway.api.dispatch.Edge;
import dev.drover.gateway.api.dispatch.Exchange;
import dev.drover.gateway.api.dispatch.Inbound;
import dev.drover.gateway.api.dispatch.ServedMethod;
import dev.drover.gateway.api.dispatch.StreamSender;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.streams.WriteStream;
import java.util.Optional;

/**
 * A stream of answers over HTTP: one JSON object per line, or server-sent events where the caller
 * accepts them. The head goes with the first answer, so that an early error is a real HTTP status;
 * a late one is the last line.
 */
final class HttpStream {
    private final HttpServerResponse response;
    private final HttpReply reply;
    private final Json json;
    private final boolean events;
    private final boolean chunked;
    private boolean headSent;

    HttpStream(HttpServerRequest request, HttpReply reply, Json json) {
        this.response = request.response();
        this.reply = reply;
        this.json = json;
        this.events =
                Optional.ofNullable(request.getHeader("accept"))
                        .orElse("")
                        .contains("text/event-stream");
        this.chunked = request.version() != HttpVersion.HTTP_2;
    }

    void start(
            Edge edge,
            Exchange exchange,
            ServedMethod method,
            Inbound inbound,
            RequestReader reader) {
        StreamSender sender =
                new StreamSender(
                        exchange,
                        new WithHead(),
                        message -> Buffer.buffer(framed(message)),
                        edge.limits().slowReader());
        exchange.run(
                () -> {
                    edge.dispatcher().stream(method, inbound, exchange.signal(), reader, sender);
                    return true;
                },
                done -> end());
    }

    private String framed(Message message) {
        return events ? "data: " + json.line(message) + "\n\n" : json.line(message) + "\n";
    }

    void refuse(Status status) {
        if (!headSent) {
            reply.refuse(status);
        } else if (events) {
            response.end("event: error\ndata: " + json.line(status) + "\n\n");
        } else {
            response.end("{\"error\":" + json.line(status) + "}\n");
        }
    }

    private void end() {
        sendHead();
        response.end();
    }

    private void sendHead() {
        if (!headSent) {
            headSent = true;
            response.setChunked(chunked)
                    .putHeader(
                            "content-type",
                            events ? "text/event-stream" : "application/x-ndjson; charset=utf-8")
                    // Proxies that collect answers would hold a stream back for ever.
                    .putHeader("cache-control", "no-store")
                    .putHeader("x-accel-buffering", "no");
        }
    }

    /** The response with its head in front. */
    private final class WithHead implements WriteStream<Buffer> {
        @Override
        public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
            response.exceptionHandler(handler);
            return this;
        }

        @Override
        public Future<Void> write(Buffer data) {
            sendHead();
            return response.write(data);
        }

        @Override
        public Future<Void> end() {
            return response.end();
        }

        @Override
        public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
            response.setWriteQueueMaxSize(maxSize);
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return response.writeQueueFull();
        }

        @Override
        public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
            response.drainHandler(handler);
            return this;
        }
    }
}
