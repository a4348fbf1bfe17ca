package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.error.GatewayException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends requests to the servers of one cluster: within the cluster's limits and deadline, to the
 * next server when one fails, and a write again only when it certainly was not carried out.
 */
final class NomadHttp {

    /**
     * Servers that refuse connections are asked this often each before the cluster counts as down.
     */
    private static final int ROUNDS_WHILE_DOWN = 3;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final String ADVICE =
            "; see whether Nomad runs there, or correct the cluster's servers";
    private static final String CANCELLED = "cancelled by the caller";
    private static final int MAX_PAUSE_DOUBLINGS = 3;

    private final HttpClient client;
    private final Context eventLoop;
    private final ClusterSettings settings;
    private final Tokens tokens;
    private final NomadListener listener;
    private final Semaphore turns;
    private final AtomicInteger preferred = new AtomicInteger();

    NomadHttp(HttpClient client, ClusterSettings settings, Tokens tokens, NomadRuntime runtime) {
        this.client = client;
        this.eventLoop = runtime.vertx().getOrCreateContext();
        this.settings = settings;
        this.tokens = tokens;
        this.listener = runtime.listener();
        this.turns = new Semaphore(settings.limits().concurrentRequests(), true);
    }

    /**
     * The answer of whichever server gave one, refusals included.
     *
     * @param what the call's object, for messages
     * @throws GatewayException NOMAD_UNREACHABLE
     */
    Reply exchange(Call call, String what) {
        long start = System.nanoTime();
        Deadline deadline = Deadline.after(settings.limits().requestDeadline());
        String outcome = "unreachable";
        takeTurn(what, deadline);
        try {
            Reply reply = untilAnswered(call, what, deadline);
            outcome = Integer.toString(reply.status());
            return reply;
        } finally {
            turns.release();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            listener.finished(settings.name(), call.name(), outcome, took);
        }
    }

    private void takeTurn(String what, Deadline deadline) {
        try {
            if (!turns.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
                throw unreachable(what, "too many requests are under way already", false);
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw unreachable(what, CANCELLED, false);
        }
    }

    private Reply untilAnswered(Call call, String what, Deadline deadline) {
        int servers = settings.servers().size();
        for (int attempts = 1; ; attempts++) {
            int server = Math.floorMod(preferred.get(), servers);
            switch (attempt(call, what, settings.servers().get(server), deadline)) {
                case Attempt.Answered answered -> {
                    return answered.reply();
                }
                case Attempt.Uncertain uncertain when !call.readOnly() ->
                        throw unreachable(what, uncertain.problem(), true);
                case Attempt.Uncertain uncertain ->
                        nextServer(server, attempts, deadline, what, uncertain.problem());
                case Attempt.NotDone notDone -> {
                    if (notDone.serverDown() && attempts >= servers * ROUNDS_WHILE_DOWN) {
                        throw unreachable(what, notDone.problem() + ADVICE, false);
                    }
                    nextServer(server, attempts, deadline, what, notDone.problem());
                }
            }
        }
    }

    private Attempt attempt(Call call, String what, URI server, Deadline deadline) {
        OneRequest request = new OneRequest(eventLoop, server);
        try {
            return request.send(client, options(call, server), call.body(), deadline);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw unreachable(what, CANCELLED, request.left() && !call.readOnly());
        }
    }

    private RequestOptions options(Call call, URI server) {
        RequestOptions options =
                Connections.to(server, settings.tls()).setMethod(call.method()).setURI(call.uri());
        String token = tokens.resolve(settings.name(), settings.token());
        return token.isEmpty() ? options : options.putHeader("X-Nomad-Token", token);
    }

    /**
     * Turns to the next server, pausing when all were asked, or gives up when there is no time
     * left.
     */
    private void nextServer(
            int failed, int attempts, Deadline deadline, String what, String problem) {
        int servers = settings.servers().size();
        preferred.compareAndSet(failed, (failed + 1) % servers);
        if (deadline.nanosLeft() == 0) {
            throw unreachable(what, problem, false);
        }
        if (attempts % servers != 0) {
            return;
        }
        int doublings = Math.min(attempts / servers - 1, MAX_PAUSE_DOUBLINGS);
        try {
            TimeUnit.NANOSECONDS.sleep(
                    Math.min(FIRST_PAUSE.toNanos() << doublings, deadline.nanosLeft()));
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw unreachable(what, CANCELLED, false);
        }
    }

    private GatewayException unreachable(String what, String problem, boolean ambiguous) {
        return NomadErrors.unreachable(settings.name(), what, problem, ambiguous);
    }
}
