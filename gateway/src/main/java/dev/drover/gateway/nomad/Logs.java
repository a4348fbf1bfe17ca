package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.TaskLog;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens logs of tasks on one cluster; as many at once as leave Nomad connections for the rest. */
final class Logs {

    /** Each holds a connection, and Nomad takes 100 from one address. */
    static final int OPEN_MAX = 20;

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final HttpClient client;
    private final ClusterSettings settings;
    private final Tokens tokens;
    private final NomadRuntime runtime;
    private final Semaphore free = new Semaphore(OPEN_MAX);

    Logs(HttpClient client, ClusterSettings settings, Tokens tokens, NomadRuntime runtime) {
        this.client = client;
        this.settings = settings;
        this.tokens = tokens;
        this.runtime = runtime;
    }

    /** Waits until Nomad has begun to answer. */
    TaskLog open(String uri, String what) {
        if (!free.tryAcquire()) {
            throw new GatewayException(
                    Reason.LIMIT_EXCEEDED,
                    "%d logs of %s are being read already; try again when one of them was closed"
                            .formatted(OPEN_MAX, settings.name()),
                    ErrorDetails.NONE.with("cluster", settings.name()).withRetryAfter(RETRY));
        }
        boolean opened = false;
        try {
            TaskLog log = firstThatAnswers(uri, what);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                free.release();
            }
        }
    }

    private TaskLog firstThatAnswers(String uri, String what) {
        Deadline deadline = Deadline.after(settings.limits().requestDeadline());
        String problem = "it has no server";
        for (URI server : settings.servers()) {
            NomadLog log = new NomadLog(runtime.vertx(), settings.name(), what, free::release);
            switch (answer(log, server, uri, what, deadline)) {
                case Attempt.Answered answered -> {
                    if (answered.reply().ok()) {
                        return log;
                    }
                    throw NomadErrors.refusal(settings.name(), what, answered.reply());
                }
                case Attempt.NotDone notDone -> problem = notDone.problem();
                case Attempt.Uncertain uncertain -> problem = uncertain.problem();
            }
            log.abandon();
        }
        throw NomadErrors.unreachable(settings.name(), what, problem, false);
    }

    private Attempt answer(NomadLog log, URI server, String uri, String what, Deadline deadline) {
        try {
            Reply reply =
                    log.start(client, options(server, uri))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            String said = server + " says " + Json.clip(NomadText.oneLine(reply.body()));
            return switch (NomadErrors.effect(reply)) {
                case REFUSED -> new Attempt.Answered(reply);
                case NOT_DONE, UNCERTAIN -> new Attempt.NotDone(said, false);
            };
        } catch (ExecutionException failed) {
            return new Attempt.NotDone(server + ": " + Failure.of(failed).text(), true);
        } catch (TimeoutException late) {
            return new Attempt.NotDone(server + ": no answer in time", false);
        } catch (InterruptedException cancelled) {
            log.abandon();
            Thread.currentThread().interrupt();
            throw NomadErrors.unreachable(settings.name(), what, "cancelled by the caller", false);
        }
    }

    private RequestOptions options(URI server, String uri) {
        RequestOptions options =
                Connections.to(server, settings.tls()).setMethod(HttpMethod.GET).setURI(uri);
        String token = tokens.resolve(settings.name(), settings.token());
        return token.isEmpty() ? options : options.putHeader("X-Nomad-Token", token);
    }
}
