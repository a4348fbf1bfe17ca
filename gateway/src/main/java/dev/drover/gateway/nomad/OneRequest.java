package dev.drover.gateway.nomad;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to one server; knows whether it has left, which decides what its failure
 * means.
 */
final class OneRequest {

    private enum Stage {
        WAITING_FOR_CONNECTION,
        SENT,
        /** Given up before it left; must not leave any more. */
        ABANDONED
    }

    private final Context eventLoop;
    private final URI server;
    private final AtomicReference<Stage> stage =
            new AtomicReference<>(Stage.WAITING_FOR_CONNECTION);
    private volatile @Nullable HttpClientRequest request;

    OneRequest(Context eventLoop, URI server) {
        this.eventLoop = eventLoop;
        this.server = server;
    }

    /** Sends and waits for the whole answer. */
    Attempt send(HttpClient client, RequestOptions options, Buffer body, Deadline deadline)
            throws InterruptedException {
        // All callbacks are attached on the event loop: attached from another thread, one that asks
        // for the body may come
        // after the body has gone by, and the answer is lost.
        Promise<Reply> reply = Promise.promise();
        eventLoop.runOnContext(now ->
                client.request(options)
                        .compose(made -> sendUnlessAbandoned(made, body))
                        .compose(OneRequest::whole)
                        .onComplete(reply));
        try {
            return classify(
                    reply.future()
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(deadline.nanosLeft(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException failed) {
            Failure failure = Failure.of(failed);
            return failure.beforeAnyRequest()
                    ? new Attempt.NotDone(server + ": " + failure.text(), true)
                    : unanswered(failure.text());
        } catch (TimeoutException late) {
            abandon();
            return unanswered("no answer in time");
        } catch (InterruptedException cancelled) {
            abandon();
            throw cancelled;
        }
    }

    /** Whether it may have reached the server. */
    boolean left() {
        return stage.get() == Stage.SENT;
    }

    private Future<HttpClientResponse> sendUnlessAbandoned(HttpClientRequest made, Buffer body) {
        request = made;
        // Failures arrive by the future; without a handler Vert.x logs each of them once more.
        made.exceptionHandler(failure -> {});
        if (!stage.compareAndSet(Stage.WAITING_FOR_CONNECTION, Stage.SENT)) {
            made.reset();
            return Future.failedFuture("given up");
        }
        return body.length() == 0 ? made.send() : made.send(body);
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        return response.body().map(body -> new Reply(response.statusCode(), body.toString()));
    }

    private void abandon() {
        HttpClientRequest sent = request;
        if (!stage.compareAndSet(Stage.WAITING_FOR_CONNECTION, Stage.ABANDONED) && sent != null) {
            sent.reset();
        }
    }

    private Attempt classify(Reply reply) {
        String said = server + " says " + Json.clip(NomadText.oneLine(reply.body()));
        return switch (NomadErrors.effect(reply)) {
            case REFUSED -> new Attempt.Answered(reply);
            case NOT_DONE -> new Attempt.NotDone(said, false);
            case UNCERTAIN -> new Attempt.Uncertain(said);
        };
    }

    private Attempt unanswered(String problem) {
        String text = server + ": " + problem;
        return left() ? new Attempt.Uncertain(text) : new Attempt.NotDone(text, true);
    }
}
