package dev.drover.gateway.outbound;

import dev.drover.gateway.verification.Outbound.Answer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request and its answer, within a time and a size. */
final class Exchange {
    private final Context eventLoop;
    private final HttpClient client;

    Exchange(Context eventLoop, HttpClient client) {
        this.eventLoop = eventLoop;
        this.client = client;
    }

    Answer send(RequestOptions options, String body, int bytesMax, Duration time)
            throws InterruptedException {
        long start = System.nanoTime();
        Attempt attempt = new Attempt();
        Promise<Answer> answer = Promise.promise();
        // All callbacks are attached on the event loop: attached from another thread, one may come
        // after the body has gone by.
        eventLoop.runOnContext(now ->
                attempt.ifWanted(() -> client.request(options))
                        .compose(made -> attempt.ifWanted(() -> attempt.send(made, body)))
                        .compose(response -> read(response, bytesMax, start))
                        .onComplete(answer));
        String server = options.getHost() + ":" + options.getPort();
        try {
            return answer.future()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            return new Answer.Failed(server + ": " + text(failed.getCause()));
        } catch (TimeoutException late) {
            attempt.abandon();
            return new Answer.Failed(server + ": no whole answer in time");
        } catch (InterruptedException stopped) {
            attempt.abandon();
            throw stopped;
        }
    }

    private static Future<Answer> read(HttpClientResponse response, int bytesMax, long start) {
        Promise<Answer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            int room = bytesMax - body.length();
            body.appendBuffer(part.length() <= room ? part : part.getBuffer(0, room));
            if (part.length() > room) {
                whole.tryComplete(received(response, body, false, start));
                response.request().reset();
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(received(response, body, true, start)));
        return whole.future();
    }

    private static Answer received(
            HttpClientResponse response, Buffer body, boolean whole, long start) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .forEach((name, value) ->
                        headers.merge(
                                name.toLowerCase(Locale.ROOT),
                                value,
                                (one, other) -> one + ", " + other));
        return new Answer.Received(
                response.statusCode(),
                headers,
                body.toString(StandardCharsets.UTF_8),
                whole,
                Duration.ofNanos(System.nanoTime() - start));
    }

    /** A request that may be given up before it was even sent. */
    private static final class Attempt {
        private @Nullable HttpClientRequest request;
        private boolean abandoned;

        synchronized <T> Future<T> ifWanted(Supplier<Future<T>> next) {
            return abandoned ? Future.failedFuture("given up") : next.get();
        }

        synchronized Future<HttpClientResponse> send(HttpClientRequest made, String body) {
            request = made;
            // Failures arrive by the future.
            made.exceptionHandler(failure -> {});
            return body.isEmpty() ? made.send() : made.send(Buffer.buffer(body));
        }

        synchronized void abandon() {
            abandoned = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    private static String text(@Nullable Throwable failure) {
        if (failure == null) {
            return "no answer";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
