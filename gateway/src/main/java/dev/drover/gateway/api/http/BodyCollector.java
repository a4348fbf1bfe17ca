package dev.drover.gateway.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Collects a body up to a limit. What comes beyond is thrown away as it comes, so that a caller
 * that is still sending can read the refusal.
 */
final class BodyCollector {
    // Who sends this many times the limit is cut off.
    private static final int PATIENCE = 16;

    private final HttpServerRequest request;
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private long seen;

    private BodyCollector(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /**
     * Collects.
     *
     * @param complete gets the whole body
     * @param tooLarge called once, as soon as the limit is passed or announced
     */
    static void collect(
            HttpServerRequest request, int limit, Consumer<Buffer> complete, Runnable tooLarge) {
        BodyCollector collector = new BodyCollector(request, limit);
        boolean announced = announced(request) > limit;
        request.handler(chunk -> collector.take(chunk, announced, tooLarge));
        request.endHandler(end -> {
            if (!announced && collector.seen <= limit) {
                complete.accept(collector.body);
            }
        });
        if (announced) {
            tooLarge.run();
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
    }

    private void take(Buffer chunk, boolean announced, Runnable tooLarge) {
        boolean within = seen <= limit;
        seen += chunk.length();
        if (seen <= limit) {
            body.appendBuffer(chunk);
        } else if (within && !announced) {
            tooLarge.run();
        } else if (seen > (long) limit * PATIENCE) {
            request.connection().close();
        }
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
