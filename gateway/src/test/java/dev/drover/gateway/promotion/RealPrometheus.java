package dev.drover.gateway.promotion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.drover.gateway.nomad.FetchedTool;
import dev.drover.gateway.nomad.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Prometheus of the tests' own on loopback. What it scrapes it asks the test for, every
 * second: the instances of a Nomad service, each with the id of its allocation as a label. (Nomad's
 * own discovery is left out of Debian's package.)
 */
final class RealPrometheus implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpServer targets;
    private final Path directory;
    private final Process process;
    private final URI address;
    private final Thread onExit = new Thread(this::kill);

    private RealPrometheus(HttpServer targets, Path directory, Process process, URI address) {
        this.targets = targets;
        this.directory = directory;
        this.process = process;
        this.address = address;
    }

    /**
     * Starts one.
     *
     * @param instances what {@code GET /v1/service/:name} of Nomad says now
     */
    static RealPrometheus start(Supplier<JsonNode> instances) {
        try {
            HttpServer targets =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            targets.createContext(
                    "/targets",
                    exchange -> {
                        byte[] found = targets(instances.get()).getBytes(UTF_8);
                        exchange.getResponseHeaders().set("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, found.length);
                        exchange.getResponseBody().write(found);
                        exchange.close();
                    });
            targets.start();
            Path directory = Files.createTempDirectory("drover-prometheus-");
            int port = FreePorts.find(1).getFirst();
            Path config =
                    Files.writeString(
                            directory.resolve("prometheus.yml"),
                            config(targets.getAddress().getPort()));
            ProcessBuilder builder =
                    new ProcessBuilder(
                            FetchedTool.path("prometheus").toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port);
            Process process =
                    builder.redirectErrorStream(true)
                            .redirectOutput(directory.resolve("log").toFile())
                            .start();
            RealPrometheus started =
                    new RealPrometheus(
                            targets, directory, process, URI.create("http://127.0.0.1:" + port));
            Runtime.getRuntime().addShutdownHook(started.onExit);
            await().atMost(LIMIT)
                    .ignoreException(UncheckedIOException.class)
                    .until(() -> !process.isAlive() || started.get("/-/ready").statusCode() == 200);
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(directory.resolve("log")));
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** The answer to a query, as Prometheus gives it. */
    String query(String query) {
        return get("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8)).body();
    }

    private HttpResponse<String> get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address.resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String targets(JsonNode instances) {
        return instances
                .valueStream()
                .map(one ->
                        "{\"targets\":[\"%s:%s\"],\"labels\":{\"alloc_id\":\"%s\"}}"
                                .formatted(
                                        one.path("Address").asText(),
                                        one.path("Port").asInt(),
                                        one.path("AllocID").asText()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String config(int targets) {
        return """
        global:
          scrape_interval: 500ms
        scrape_configs:
          - job_name: nomad
            http_sd_configs:
              - url: http://127.0.0.1:%d/targets
                refresh_interval: 1s
        """
                .formatted(targets);
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }

    private void kill() {
        targets.stop(0);
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : all) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
