package dev.drover.gateway.outbound;

import dev.drover.gateway.verification.Outbound;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@link Outbound} over Vert.x. A name is resolved here, every address of it is checked, and the
 * connection is made to a checked address, so that a name cannot mean something else a moment
 * later.
 */
public final class GuardedClient implements Outbound, AutoCloseable {
    private static final int REDIRECTS_MAX = 3;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int AT_ONCE = 32;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final AllowedHosts allowed;
    private final Resolver resolver;
    private final Function<String, @Nullable String> environment;
    private final Exchange exchange;
    private final HttpClient client;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /**
     * A client.
     *
     * @param caFile PEM file with the authorities to trust; empty: those of the Java runtime
     * @param environment looks up the environment variables that headers refer to
     */
    public GuardedClient(
            Vertx vertx,
            AllowedHosts allowed,
            String caFile,
            Function<String, @Nullable String> environment) {
        this(vertx, allowed, caFile, environment, Resolver.SYSTEM);
    }

    GuardedClient(
            Vertx vertx,
            AllowedHosts allowed,
            String caFile,
            Function<String, @Nullable String> environment,
            Resolver resolver) {
        this.allowed = allowed;
        this.environment = environment;
        this.resolver = resolver;
        HttpClientOptions options =
                new HttpClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAlive(false)
                        .setDecompressionSupported(false)
                        .setForceSni(true)
                        .setVerifyHost(true);
        if (!caFile.isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(caFile));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(AT_ONCE));
        this.exchange = new Exchange(vertx.getOrCreateContext(), client);
    }

    @Override
    public void close() {
        client.shutdown();
    }

    @Override
    public Answer send(Request request) {
        long end = System.nanoTime() + request.timeout().toNanos();
        try {
            HeaderValues headers = HeaderValues.of(request.headers(), environment);
            if (!turns.tryAcquire(request.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                return new Answer.Failed("too many requests are under way already");
            }
            try {
                return redacted(follow(request, headers, end), headers);
            } finally {
                turns.release();
            }
        } catch (HeaderValues.UnusableException e) {
            return new Answer.Refused(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("the gateway is stopping");
        }
    }

    private Answer follow(Request request, HeaderValues headers, long end)
            throws InterruptedException {
        URI uri = request.uri();
        for (int hops = 0; hops <= REDIRECTS_MAX; hops++) {
            Answer answer = once(request, uri, headers, end);
            if (!(answer instanceof Answer.Received received)
                    || !REDIRECTS.contains(received.status())
                    || !received.headers().containsKey("location")) {
                return answer;
            }
            Optional<URI> next = location(uri, received.headers().getOrDefault("location", ""));
            if (next.isEmpty() || !sameHost(uri, next.get())) {
                return new Answer.Refused(
                        "%s redirects to another host, %s, which is not followed; declare that address itself"
                                .formatted(
                                        origin(uri),
                                        next.map(GuardedClient::origin)
                                                .orElse("that is no address")));
            }
            if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
                return new Answer.Refused(
                        origin(uri)
                                + " redirects a "
                                + request.method()
                                + ", which is not followed");
            }
            uri = next.get();
        }
        return new Answer.Failed(origin(uri) + " redirects again and again");
    }

    private Answer once(Request request, URI uri, HeaderValues headers, long end)
            throws InterruptedException {
        Optional<String> unfit = unfit(uri);
        if (unfit.isPresent()) {
            return new Answer.Refused(unfit.get());
        }
        AllowedHosts.Admission admission = allowed.admit(uri);
        if (!admission.allowed()) {
            return new Answer.Refused(
                    "%s is not on the gateway's list verification.allowed_hosts"
                            .formatted(origin(uri)));
        }
        Resolver.Answer resolved = resolver.within(uri.getHost(), left(end));
        if (resolved.addresses().isEmpty()) {
            return new Answer.Failed(uri.getHost() + ": " + resolved.problem());
        }
        for (InetAddress address : resolved.addresses()) {
            Optional<String> why = Addresses.forbidden(address, admission.loopback());
            if (why.isPresent()) {
                return new Answer.Refused(
                        "%s leads to %s, which %s"
                                .formatted(uri.getHost(), address.getHostAddress(), why.get()));
            }
        }
        return exchange.send(
                options(request, uri, resolved.addresses().getFirst(), headers),
                request.body(),
                request.bytesMax(),
                left(end));
    }

    private static RequestOptions options(
            Request request, URI uri, InetAddress address, HeaderValues headers) {
        int port = AllowedHosts.port(uri);
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setHost(uri.getHost())
                        .setPort(port)
                        .setSsl(uri.getScheme().equals("https"))
                        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        options.putHeader("User-Agent", "drover");
        headers.values().forEach(options::putHeader);
        return options;
    }

    private static Optional<String> unfit(URI uri) {
        if (uri.getHost() == null || uri.getScheme() == null) {
            return Optional.of("\"" + uri + "\" is no address of a host");
        }
        if (!Set.of("http", "https").contains(uri.getScheme())) {
            return Optional.of("only http and https are spoken, not " + uri.getScheme());
        }
        return uri.getRawUserInfo() == null
                ? Optional.empty()
                : Optional.of("an address must hold no user and no password; use headers");
    }

    private static Optional<URI> location(URI from, String location) {
        try {
            return Optional.of(from.resolve(location)).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean sameHost(URI from, URI to) {
        return to.getScheme() != null
                && from.getScheme().equals(to.getScheme())
                && from.getHost().equalsIgnoreCase(to.getHost())
                && AllowedHosts.port(from) == AllowedHosts.port(to);
    }

    private static String origin(URI uri) {
        return uri.getScheme()
                + "://"
                + uri.getHost().toLowerCase(Locale.ROOT)
                + ":"
                + AllowedHosts.port(uri);
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private static Answer redacted(Answer answer, HeaderValues headers) {
        return switch (answer) {
            case Answer.Received received -> {
                Map<String, String> clean = new LinkedHashMap<>();
                received.headers()
                        .forEach((name, value) -> clean.put(name, headers.redacted(value)));
                yield new Answer.Received(
                        received.status(),
                        clean,
                        headers.redacted(received.body()),
                        received.whole(),
                        received.latency());
            }
            case Answer.Failed failed -> new Answer.Failed(headers.redacted(failed.why()));
            case Answer.Refused refused -> new Answer.Refused(headers.redacted(refused.why()));
        };
    }
}
