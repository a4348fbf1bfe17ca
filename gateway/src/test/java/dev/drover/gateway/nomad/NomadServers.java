package dev.drover.gateway.nomad;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Three real Nomad servers and two clients on loopback, without access control, which forget a
 * client soon; each can be killed and started again. Closing leaves no process, mount or file.
 */
public final class NomadServers implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final List<String> SERVERS = List.of("s1", "s2", "s3");
    private static final List<String> CLIENTS = List.of("c1", "c2");

    private final Path directory;
    private final Map<String, List<Integer>> ports = new LinkedHashMap<>();
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Thread onExit = new Thread(this::kill);

    private NomadServers(Path directory) {
        this.directory = directory;
        List<Integer> free = FreePorts.find(3 * (SERVERS.size() + CLIENTS.size()));
        List<String> all = new ArrayList<>(SERVERS);
        all.addAll(CLIENTS);
        for (int i = 0; i < all.size(); i++) {
            ports.put(all.get(i), free.subList(3 * i, 3 * i + 3));
        }
    }

    /** Starts them and waits until jobs can run on both clients. */
    public static NomadServers start() {
        try {
            NomadServers started =
                    new NomadServers(Files.createTempDirectory(Path.of("/tmp"), "drover-nomad-"));
            Runtime.getRuntime().addShutdownHook(started.onExit);
            started.ports.keySet().forEach(started::start);
            started.untilReady(CLIENTS.size());
            return started;
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Where a server listens. */
    public URI address(String name) {
        return URI.create("http://127.0.0.1:" + port(name, 0));
    }

    /** Where all servers listen. */
    public List<URI> servers() {
        return SERVERS.stream().map(this::address).toList();
    }

    /** Direct calls to a server that is up. */
    public NomadApi api() {
        return SERVERS.stream()
                .filter(name -> Objects.requireNonNull(processes.get(name)).isAlive())
                .map(name -> new NomadApi(address(name), ""))
                .findFirst()
                .orElseThrow();
    }

    /** The server that leads. */
    public String leader() {
        String rpc = api().get("/v1/status/leader").asText();
        return SERVERS.stream()
                .filter(name -> rpc.endsWith(":" + port(name, 1)))
                .findFirst()
                .orElseThrow();
    }

    /** SIGKILL, of a client with all that runs on it. */
    public void kill(String name) {
        Process process = Objects.requireNonNull(processes.get(name));
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** Starts one (again), on the data that it had. */
    public void start(String name) {
        try {
            Path home = Files.createDirectories(directory.resolve(name));
            Path config =
                    Files.writeString(
                            home.resolve("agent.hcl"),
                            SERVERS.contains(name) ? server(name) : client(name));
            ProcessBuilder builder =
                    new ProcessBuilder(
                            FetchedTool.path("nomad").toString(), "agent", "-config=" + config);
            builder.environment().keySet().removeIf(key -> key.startsWith("NOMAD_"));
            builder.environment().remove("AWS_CA_BUNDLE");
            builder.environment().put("TMPDIR", home.toString());
            processes.put(
                    name,
                    builder.redirectErrorStream(true)
                            .redirectOutput(home.resolve("agent.log").toFile())
                            .start());
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Waits until so many clients can run jobs. */
    public void untilReady(int clients) {
        await().atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> ready() == clients);
    }

    private long ready() {
        long ready = 0;
        for (JsonNode node : api().get("/v1/nodes")) {
            boolean runs = node.path("Drivers").path("raw_exec").path("Healthy").asBoolean();
            ready += runs && node.path("Status").asText().equals("ready") ? 1 : 0;
        }
        return ready;
    }

    private String server(String name) {
        String peers =
                SERVERS.stream()
                        .map(peer -> "\"127.0.0.1:" + port(peer, 2) + "\"")
                        .collect(Collectors.joining(", "));
        return common(name)
                + """
                server {
                  enabled                = true
                  bootstrap_expect       = 3
                  raft_multiplier        = 1
                  heartbeat_grace        = "1s"
                  min_heartbeat_ttl      = "1s"
                  failover_heartbeat_ttl = "5s"
                  server_join {
                    retry_join     = [%s]
                    retry_interval = "1s"
                  }
                }
                """
                        .formatted(peers);
    }

    private String client(String name) {
        String servers =
                SERVERS.stream()
                        .map(server -> "\"127.0.0.1:" + port(server, 1) + "\"")
                        .collect(Collectors.joining(", "));
        return common(name)
                + """
                client {
                  enabled = true
                  servers = [%s]
                  options { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" }
                }
                plugin "raw_exec" {
                  config { enabled = true }
                }
                """
                        .formatted(servers);
    }

    private String common(String name) {
        return """
        name                 = "%s"
        data_dir             = "%s/data"
        bind_addr            = "127.0.0.1"
        log_level            = "WARN"
        disable_update_check = true
        leave_on_terminate   = false
        ports {
          http = %d
          rpc  = %d
          serf = %d
        }
        advertise {
          http = "127.0.0.1"
          rpc  = "127.0.0.1"
          serf = "127.0.0.1"
        }
        consul {
          address          = "127.0.0.1:1"
          auto_advertise   = false
          server_auto_join = false
          client_auto_join = false
        }
        """
                .formatted(
                        name, directory.resolve(name), port(name, 0), port(name, 1), port(name, 2));
    }

    private int port(String name, int which) {
        return Objects.requireNonNull(ports.get(name)).get(which);
    }

    private void kill() {
        processes.keySet().forEach(this::kill);
        try {
            Leftovers.remove(directory);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
