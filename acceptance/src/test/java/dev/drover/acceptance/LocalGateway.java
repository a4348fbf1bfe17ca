package dev.drover.acceptance;

import dev.drover.gateway.app.ConfigFile;
import dev.drover.gateway.app.Gateway;
import dev.drover.gateway.app.ProcessLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A real gateway in this process, on loopback; and whoever else talks to it, in JSON. */
final class LocalGateway implements AutoCloseable {
    static final String TOKEN = "root-token";

    private static final Pattern NAME = Pattern.compile("\"name\": ?\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private Gateway gateway;

    private LocalGateway(Path directory) {
        this.directory = directory;
        this.gateway = start(directory, 0);
    }

    static LocalGateway in(Path directory) {
        return new LocalGateway(directory);
    }

    private static Gateway start(Path directory, int port) {
        var settings =
                ConfigFile.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of(
                                "listen.port",
                                Integer.toString(port),
                                "store.directory",
                                directory.toString(),
                                "log.level",
                                "error",
                                "log.format",
                                "text"));
        ProcessLog.configure(settings.log());
        return Gateway.start(settings, Optional.of(TOKEN), Map.of());
    }

    String address() {
        return gateway.address();
    }

    /** Goes down, and comes up again with the same store at the same address. */
    void restart() {
        int port = URI.create(address()).getPort();
        gateway.close();
        gateway = start(directory, port);
    }

    /** What a call by somebody else was answered with. */
    String send(String verb, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("authorization", "Bearer " + TOKEN);
        if (!json.isEmpty()) {
            request.header("content-type", "application/json");
        }
        var answer =
                http.send(
                        request.method(verb, BodyPublishers.ofString(json)).build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(
                    verb + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Makes accounts of people, each in all of these groups: rules may ask for so many. */
    void people(int count, String... groups) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            send(
                    "POST",
                    "/v1/serviceAccounts?serviceAccountId=person-" + i,
                    "{\"accessLevel\": \"OPERATOR\", \"groups\": [\"%s\"]}"
                            .formatted(String.join("\", \"", groups)));
        }
    }

    String get(String name) throws IOException, InterruptedException {
        return send("GET", "/v1/" + name, "");
    }

    /** The resource names in a collection, for example {@code projects}; at most 1000. */
    List<String> names(String collection) throws IOException, InterruptedException {
        return NAME.matcher(send("GET", "/v1/" + collection + "?pageSize=1000", ""))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Override
    public void close() {
        gateway.close();
        http.close();
    }
}
