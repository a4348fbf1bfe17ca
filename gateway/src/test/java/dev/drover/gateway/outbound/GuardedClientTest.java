package dev.drover.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.gateway.verification.Outbound.Answer;
import dev.drover.gateway.verification.Outbound.Request;
import dev.drover.v1.HttpHeader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guarded client against real servers on loopback. */
class GuardedClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<GuardedClient> clients = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;
    private int port;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        port = server.getAddress().getPort();
        server.createContext("/ok", exchange -> answer(exchange, 200, "fine"));
        server.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(200_000)));
        server.createContext(
                "/echo",
                exchange ->
                        answer(
                                exchange,
                                200,
                                exchange.getRequestHeaders().getFirst("Authorization")
                                        + " and "
                                        + new String(
                                                exchange.getRequestBody().readAllBytes(),
                                                StandardCharsets.UTF_8)));
        server.createContext("/near", exchange -> redirect(exchange, "/ok?from=near"));
        server.createContext("/circle", exchange -> redirect(exchange, "/circle"));
        server.createContext("/away", exchange -> redirect(exchange, "http://other.example/"));
        server.createContext(
                "/metadata", exchange -> redirect(exchange, "http://169.254.169.254/latest/"));
        server.createContext(
                "/port", exchange -> redirect(exchange, "http://127.0.0.1:" + (port + 1) + "/ok"));
        server.createContext("/silent", exchange -> hold());
        server.createContext(
                "/drip",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('a');
                    exchange.getResponseBody().flush();
                    hold();
                });
        server.start();
    }

    @AfterEach
    void close() {
        released.countDown();
        clients.forEach(GuardedClient::close);
        server.stop(0);
        vertx.close().await();
    }

    private void hold() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, int status, String body) throws IOException {
        seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("X-Version", "b");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        } catch (IOException cut) {
            // The client has seen enough and closed the connection.
            seen.add("cut");
        }
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private GuardedClient client(Resolver resolver, String... allowed) {
        GuardedClient client =
                new GuardedClient(
                        vertx,
                        AllowedHosts.of(List.of(allowed)),
                        "",
                        Map.of("PROBE_TOKEN", "Bearer s3cret-value\n")::get,
                        resolver);
        clients.add(client);
        return client;
    }

    private GuardedClient local() {
        return client(Resolver.SYSTEM, "127.0.0.1", "[::1]");
    }

    private Request get(String path) {
        return request("http://127.0.0.1:" + port + path, Duration.ofSeconds(10));
    }

    private static Request request(String url, Duration timeout, HttpHeader... headers) {
        return new Request("GET", URI.create(url), List.of(headers), "", timeout, 65_536);
    }

    private static String refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).why();
    }

    private static Answer.Received received(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Received.class);
        return (Answer.Received) answer;
    }

    @Test
    void anAllowedHostAnswers() {
        Answer.Received answer = received(local().send(get("/ok")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(answer.whole()).isTrue();
        assertThat(answer.headers()).containsEntry("x-version", "b");
        assertThat(answer.latency()).isPositive();
    }

    @Test
    void aHostThatIsNotOnTheListIsNotAsked() {
        String why = refusal(client(Resolver.SYSTEM, "prometheus.example").send(get("/ok")));
        assertThat(why)
                .isEqualTo(
                        "http://127.0.0.1:"
                                + port
                                + " is not on the gateway's list verification.allowed_hosts");
        assertThat(seen).isEmpty();
    }

    @Test
    void anAllowedNameThatLeadsToLoopbackIsNotAsked() {
        Resolver tricked = host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        String why =
                refusal(
                        client(tricked, "prometheus.example")
                                .send(
                                        request(
                                                "http://prometheus.example:" + port + "/ok",
                                                Duration.ofSeconds(5))));
        assertThat(why).contains("prometheus.example leads to 127.0.0.1, which is the gateway's");
        assertThat(seen).isEmpty();
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnoughToRefuse() {
        Resolver mixed =
                host ->
                        new InetAddress[] {
                            InetAddress.ofLiteral("10.0.0.5"),
                            InetAddress.ofLiteral("::ffff:169.254.169.254")
                        };
        assertThat(
                        refusal(
                                client(mixed, "prometheus.example")
                                        .send(
                                                request(
                                                        "http://prometheus.example/",
                                                        Duration.ofSeconds(5)))))
                .isEqualTo("prometheus.example leads to 169.254.169.254, which is link-local");
    }

    @Test
    void evenAListThatNamesTheMetadataServiceDoesNotReachIt() {
        assertThat(
                        refusal(
                                client(Resolver.SYSTEM, "169.254.169.254", "[fd00:ec2::254]")
                                        .send(
                                                request(
                                                        "http://169.254.169.254/latest/meta-data",
                                                        Duration.ofSeconds(5)))))
                .contains("link-local");
        assertThat(
                        refusal(
                                client(Resolver.SYSTEM, "[fd00:ec2::254]")
                                        .send(
                                                request(
                                                        "http://[fd00:ec2::254]/latest",
                                                        Duration.ofSeconds(5)))))
                .contains("metadata service");
    }

    @Test
    void anAddressInAnotherSpellingIsSeenForWhatItIs() {
        // 2852039166 and 0251.0376... mean 169.254.169.254 to some programs.
        for (String spelling : List.of("2852039166", "169.16689662")) {
            Answer answer =
                    client(Resolver.SYSTEM, spelling)
                            .send(request("http://" + spelling + "/", Duration.ofSeconds(5)));
            assertThat(answer).isNotInstanceOf(Answer.Received.class);
        }
    }

    @Test
    void theConnectionIsMadeToTheAddressThatWasChecked() {
        // A second look-up would give another address; there is none.
        List<String> lookups = new CopyOnWriteArrayList<>();
        Resolver changing =
                host -> {
                    lookups.add(host);
                    return new InetAddress[] {
                        InetAddress.ofLiteral(lookups.size() == 1 ? "127.0.0.1" : "169.254.169.254")
                    };
                };
        Answer.Received answer =
                received(
                        client(changing, "localhost")
                                .send(
                                        request(
                                                "http://localhost:" + port + "/ok",
                                                Duration.ofSeconds(5))));
        assertThat(answer.body()).isEqualTo("fine");
        assertThat(lookups).containsExactly("localhost");
    }

    @Test
    void redirectsAreFollowedOnTheSameHostOnly() {
        assertThat(received(local().send(get("/near"))).body()).isEqualTo("fine");
        assertThat(seen).containsExactly("GET /ok?from=near");
        assertThat(refusal(local().send(get("/away"))))
                .contains("redirects to another host, http://other.example:80");
        assertThat(refusal(local().send(get("/metadata")))).contains("another host");
        assertThat(refusal(local().send(get("/port")))).contains("another host");
        assertThat(((Answer.Failed) local().send(get("/circle"))).why())
                .contains("redirects again and again");
        assertThat(seen).hasSize(1);
    }

    @Test
    void anAnswerIsCutAtItsLimit() {
        Answer.Received answer = received(local().send(get("/long")));
        assertThat(answer.whole()).isFalse();
        assertThat(answer.body()).hasSize(65_536);
    }

    @Test
    void whoDoesNotAnswerInTimeIsGivenUp() {
        for (String path : List.of("/silent", "/drip")) {
            Answer answer =
                    local().send(
                                    request(
                                            "http://127.0.0.1:" + port + path,
                                            Duration.ofMillis(300)));
            assertThat(answer)
                    .isEqualTo(
                            new Answer.Failed("127.0.0.1:" + port + ": no whole answer in time"));
        }
    }

    @Test
    void aNameServerThatDoesNotAnswerIsGivenUpInTime() {
        Resolver silent =
                host -> {
                    hold();
                    throw new UnknownHostException(host);
                };
        assertThat(
                        client(silent, "slow.example")
                                .send(request("http://slow.example/", Duration.ofMillis(300))))
                .isEqualTo(new Answer.Failed("slow.example: no name server answered in time"));
    }

    @Test
    void nobodyListeningIsTold() {
        server.stop(0);
        assertThat(((Answer.Failed) local().send(get("/ok"))).why())
                .startsWith("127.0.0.1:" + port + ": ");
    }

    @Test
    void aHeaderFromAReferenceIsSentAndNeverShown(@TempDir Path directory) throws IOException {
        HttpHeader byVariable =
                HttpHeader.newBuilder()
                        .setName("Authorization")
                        .setValueFrom("env:PROBE_TOKEN")
                        .build();
        Answer.Received answer = received(local().send(withHeader(byVariable)));
        assertThat(answer.body()).isEqualTo("(hidden) and ");
        Path file = Files.writeString(directory.resolve("token"), "Basic from-a-file\n");
        HttpHeader byFile =
                HttpHeader.newBuilder()
                        .setName("Authorization")
                        .setValueFrom("file:" + file)
                        .build();
        assertThat(received(local().send(withHeader(byFile))).body()).isEqualTo("(hidden) and ");
        HttpHeader plain =
                HttpHeader.newBuilder().setName("Authorization").setValue("open").build();
        assertThat(received(local().send(withHeader(plain))).body()).isEqualTo("open and ");
    }

    @Test
    void aReferenceThatCannotBeResolvedIsNamedWithoutAnyValue() {
        assertThat(
                        refusal(
                                local().send(
                                                withHeader(
                                                        HttpHeader.newBuilder()
                                                                .setName("Authorization")
                                                                .setValueFrom("env:NO_SUCH")
                                                                .build()))))
                .isEqualTo(
                        "header Authorization: env:NO_SUCH is not set, or empty, in the gateway's"
                                + " process");
        assertThat(
                        refusal(
                                local().send(
                                                withHeader(
                                                        HttpHeader.newBuilder()
                                                                .setName("Authorization")
                                                                .setValueFrom("file:/no/such")
                                                                .build()))))
                .contains("cannot be read by the gateway (NoSuchFileException)");
    }

    @Test
    void aBodyIsPosted() {
        Answer answer =
                local().send(
                                new Request(
                                        "POST",
                                        URI.create("http://127.0.0.1:" + port + "/echo"),
                                        List.of(),
                                        "a=b",
                                        Duration.ofSeconds(5),
                                        100));
        assertThat(received(answer).body()).isEqualTo("null and a=b");
    }

    @Test
    void addressesWithPasswordsAndOtherSchemesAreRefused() {
        assertThat(refusal(local().send(request("http://a:b@127.0.0.1/", Duration.ofSeconds(1)))))
                .contains("no user and no password");
        assertThat(refusal(local().send(request("ftp://127.0.0.1/", Duration.ofSeconds(1)))))
                .contains("only http and https");
    }

    private Request withHeader(HttpHeader header) {
        return request("http://127.0.0.1:" + port + "/echo", Duration.ofSeconds(5), header);
    }
}
