package dev.drover.gateway.fault;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Stands between a gateway and a real Nomad, and damages what passes. */
final class NomadProxy implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("/[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/job/)[^/]+");
    private static final String PAGE = "<html><body>Internal Server Error</body></html>";

    private final HttpClient client;
    private final HttpServer server;
    private final URI nomad;
    private final List<Passed> passed = new CopyOnWriteArrayList<>();
    private volatile Function<Passing, Optional<Damage>> damage = passing -> Optional.empty();
    private final AtomicBoolean cut = new AtomicBoolean();
    private volatile Function<Buffer, List<Buffer>> events = List::of;

    private NomadProxy(Vertx vertx, URI nomad) {
        this.nomad = nomad;
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(50));
        server = vertx.createHttpServer().requestHandler(this::handle);
    }

    /**
     * A call on its way.
     *
     * @param call its method and path without ids: {@code POST /job/plan}
     */
    record Passing(String call, String namespace) {
        boolean write() {
            return !call.startsWith("GET") && !call.endsWith("/plan") && !call.endsWith("/parse");
        }
    }

    /** A call and what became of it. */
    record Passed(Passing passing, Optional<Damage> damage) {}

    static NomadProxy start(Vertx vertx, URI nomad) {
        NomadProxy proxy = new NomadProxy(vertx, nomad);
        try {
            proxy.server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
        return proxy;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** From now on this decides. */
    void damage(Function<Passing, Optional<Damage>> decision) {
        damage = decision;
    }

    /** From now on lines of the event stream are replaced by these. */
    void events(Function<Buffer, List<Buffer>> change) {
        events = change;
    }

    /** All calls so far, but the event stream. */
    List<Passed> passed() {
        return passed;
    }

    private void handle(HttpServerRequest request) {
        if (request.path().endsWith("/event/stream")) {
            stream(request);
            return;
        }
        Passing passing = passing(request);
        Optional<Damage> its = damage.apply(passing);
        passed.add(new Passed(passing, its));
        request.body()
                .compose(body -> {
                    boolean goes = its.isEmpty() || its.get().done();
                    return goes ? answered(request, body) : Future.succeededFuture(Answer.NONE);
                })
                .onComplete(
                        answer ->
                                its.ifPresentOrElse(
                                        one -> damaged(request, one), () -> pass(request, answer)),
                        failure -> request.connection().close());
    }

    private record Answer(int status, Buffer body) {
        static final Answer NONE = new Answer(0, Buffer.buffer());
    }

    private Future<Answer> answered(HttpServerRequest request, Buffer body) {
        return send(request, body)
                .compose(answer ->
                        answer.body().map(content -> new Answer(answer.statusCode(), content)));
    }

    private static void pass(HttpServerRequest request, Answer answer) {
        request.response().setStatusCode(answer.status()).end(answer.body());
    }

    private static void damaged(HttpServerRequest request, Damage damage) {
        switch (damage) {
            case TOO_MANY ->
                    text(request, 429, "Your IP is issuing too many concurrent connections");
            case NO_LEADER -> text(request, 500, "No cluster leader");
            case BAD_GATEWAY_BEFORE, BAD_GATEWAY_AFTER -> text(request, 502, "Bad Gateway");
            case ERROR_PAGE_BEFORE, ERROR_PAGE_AFTER -> text(request, 500, PAGE);
            case ERROR_TEXT_AFTER -> text(request, 500, "Internal Server Error");
            case EOF_AFTER -> text(request, 500, "rpc error: EOF");
            case RESET_BEFORE, RESET_AFTER -> request.connection().close();
            case SILENCE_BEFORE, SILENCE_AFTER -> {}
        }
    }

    private static void text(HttpServerRequest request, int status, String text) {
        request.response().setStatusCode(status).end(text);
    }

    /** Line by line; a line may become none or several. */
    private void stream(HttpServerRequest request) {
        request.response().setChunked(true);
        send(request, Buffer.buffer())
                .onComplete(
                        answer -> {
                            RecordParser lines = RecordParser.newDelimited("\n");
                            lines.handler(line -> line(request, line));
                            answer.handler(lines);
                            answer.exceptionHandler(broken -> request.connection().close());
                            answer.endHandler(end -> request.connection().close());
                            request.connection().closeHandler(left -> answer.request().reset());
                        },
                        failure -> request.connection().close());
    }

    private void line(HttpServerRequest request, Buffer line) {
        if (cut.getAndSet(false)) {
            request.connection().close();
            return;
        }
        for (Buffer one : events.apply(line)) {
            request.response().write(one.copy().appendString("\n"));
        }
    }

    private static Passing passing(HttpServerRequest request) {
        String path = ID.matcher(request.path().substring("/v1".length())).replaceAll("");
        return new Passing(
                request.method() + " " + path,
                Objects.requireNonNullElse(request.getParam("namespace"), ""));
    }

    private Future<HttpClientResponse> send(HttpServerRequest request, Buffer body) {
        RequestOptions options =
                new RequestOptions()
                        .setHost(nomad.getHost())
                        .setPort(nomad.getPort())
                        .setMethod(request.method())
                        .setURI(request.uri());
        Optional.ofNullable(request.getHeader("X-Nomad-Token"))
                .ifPresent(token -> options.putHeader("X-Nomad-Token", token));
        return client.request(options).compose(made -> made.send(body));
    }

    /** Ends the event streams at their next line. */
    void cut() {
        cut.set(true);
    }

    @Override
    public void close() {
        server.close().await();
        client.close().await();
    }
}
