package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState;
import dev.drover.gateway.cluster.WatchState.Phase;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to Nomad's event stream, kept alive across lost connections. All its fields but
 * {@link #state} belong to one event loop context.
 */
final class EventWatch implements Watch {

    /** Nomad sets no bound; a line carries whole jobs. */
    private static final int MAX_LINE_BYTES = 64 << 20;

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final long CHECK_MILLIS = 250;

    private final Watches owner;
    private final String uri;
    private final String namespace;
    private final Consumer<JobHint> hints;
    private final Context context;

    private volatile WatchState state;
    private @Nullable HttpClientRequest request;
    private long check = -1;

    /** Counts connections, so that what a former one still says is not heard. */
    private int connection;

    private int failures;
    private boolean accepted;
    private long lastHeard;
    private long connectedAt;
    private long lastIndex;

    EventWatch(
            Watches owner, String namespace, String uri, Consumer<JobHint> hints, Context context) {
        this.owner = owner;
        this.namespace = namespace;
        this.uri = uri;
        this.hints = hints;
        this.context = context;
        this.state = new WatchState(Phase.CONNECTING, owner.now(), "", 0, 0);
    }

    void start() {
        context.runOnContext(now -> connect());
    }

    @Override
    public WatchState state() {
        return state;
    }

    @Override
    public void close() {
        context.runOnContext(now -> {
            if (state.phase() != Phase.CLOSED) {
                disconnect();
                enter(Phase.CLOSED, "");
                owner.closed(this);
            }
        });
    }

    private void connect() {
        if (state.phase() == Phase.CLOSED) {
            return;
        }
        int mine = ++connection;
        accepted = false;
        lastHeard = System.nanoTime();
        connectedAt = lastHeard;
        check = owner.vertx().setPeriodic(CHECK_MILLIS, id -> checkSilence());
        owner.request(uri, lastIndex, failures)
                .compose(made -> {
                    request = made;
                    return made.send();
                })
                .onComplete(
                        response -> ifCurrent(mine, () -> listen(mine, response)),
                        failure -> ifCurrent(mine, () -> retry(Phase.BACKING_OFF, text(failure))));
    }

    private void listen(int mine, HttpClientResponse response) {
        if (response.statusCode() != OK) {
            boolean denied = response.statusCode() == FORBIDDEN;
            response.body()
                    .onComplete(
                            body ->
                                    ifCurrent(
                                            mine,
                                            () ->
                                                    retry(
                                                            denied
                                                                    ? Phase.DENIED
                                                                    : Phase.BACKING_OFF,
                                                            Json.clip(body.toString()))),
                            failure ->
                                    ifCurrent(mine, () -> retry(Phase.BACKING_OFF, text(failure))));
            return;
        }
        RecordParser lines = RecordParser.newDelimited("\n").maxRecordSize(MAX_LINE_BYTES);
        lines.handler(line -> ifCurrent(mine, () -> hear(line)));
        lines.exceptionHandler(
                tooLong -> ifCurrent(mine, () -> retry(Phase.BACKING_OFF, text(tooLong))));
        response.handler(lines);
        response.exceptionHandler(
                failure -> ifCurrent(mine, () -> retry(Phase.BACKING_OFF, text(failure))));
        response.endHandler(
                end -> ifCurrent(mine, () -> retry(Phase.BACKING_OFF, "Nomad ended the stream")));
    }

    private void hear(Buffer line) {
        lastHeard = System.nanoTime();
        EventLine.read(line.getBytes())
                .ifPresent(event -> {
                    if (!accepted) {
                        accept();
                    }
                    lastIndex = Math.max(lastIndex, event.index());
                    event.hints().forEach(this::hint);
                });
    }

    private void accept() {
        accepted = true;
        failures = 0;
        WatchState was = state;
        state = new WatchState(Phase.LIVE, owner.now(), "", was.connections() + 1, was.hints());
        owner.changed(namespace, state);
        hint(JobHint.EVERYTHING);
    }

    private void hint(JobHint hint) {
        WatchState was = state;
        state =
                new WatchState(
                        was.phase(), was.since(), was.detail(), was.connections(), was.hints() + 1);
        hints.accept(hint);
    }

    private void checkSilence() {
        WatchTimings timings = owner.timings();
        if (!accepted && heardNothingFor(timings.firstLine())) {
            boolean connected = request != null;
            retry(
                    connected ? Phase.DENIED : Phase.BACKING_OFF,
                    connected
                            ? "Nomad stays silent, as it does when the token may not watch namespace \""
                                    + namespace
                                    + "\""
                            : "no connection in time");
        } else if (accepted && heardNothingFor(timings.silence())) {
            retry(Phase.BACKING_OFF, "nothing heard for " + timings.silence().toSeconds() + " s");
        } else if (accepted && System.nanoTime() - connectedAt > timings.maxAge().toNanos()) {
            disconnect();
            connect();
        }
    }

    private boolean heardNothingFor(Duration limit) {
        return System.nanoTime() - lastHeard > limit.toNanos();
    }

    private void retry(Phase phase, String why) {
        disconnect();
        failures++;
        enter(phase, why);
        int mine = connection;
        Duration pause = owner.pause(failures);
        owner.vertx().setTimer(Math.max(1, pause.toMillis()), id -> ifCurrent(mine, this::connect));
    }

    /** Ends the present connection; whatever it still says is no longer current. */
    private void disconnect() {
        connection++;
        owner.vertx().cancelTimer(check);
        if (request != null) {
            request.reset();
            request = null;
        }
    }

    private void ifCurrent(int asked, Runnable action) {
        if (asked == connection && state.phase() != Phase.CLOSED) {
            action.run();
        }
    }

    private void enter(Phase phase, String detail) {
        WatchState was = state;
        state = new WatchState(phase, owner.now(), detail, was.connections(), was.hints());
        owner.changed(namespace, state);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
