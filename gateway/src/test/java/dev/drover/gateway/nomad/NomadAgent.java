package dev.drover.gateway.nomad;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real {@code nomad agent -dev} of the tests' own: loopback, free ports, access control on,
 * raw_exec. Closing it leaves no process, mount or file.
 */
public final class NomadAgent implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final int LAST_WORDS = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger(NomadAgent.class);

    private final Path directory;
    private final Process process;
    private final URI address;
    private final Thread onExit = new Thread(this::kill);
    private final AtomicInteger policies = new AtomicInteger();
    private volatile boolean stopping;
    private String token = "";

    private NomadAgent(Path directory, Process process, URI address) {
        this.directory = directory;
        this.process = process;
        this.address = address;
    }

    /** Starts an agent and waits until it can run jobs. */
    public static NomadAgent start() {
        try {
            // Short, because sockets lie under it; not the JVM's directory, which may be deep.
            Path directory = Files.createTempDirectory(Path.of("/tmp"), "drover-nomad-");
            List<Integer> ports = FreePorts.find(3);
            Path config = Files.writeString(directory.resolve("agent.hcl"), config(ports));
            NomadAgent agent =
                    new NomadAgent(
                            directory,
                            launch(directory, config),
                            URI.create("http://127.0.0.1:" + ports.getFirst()));
            Runtime.getRuntime().addShutdownHook(agent.onExit);
            Thread.ofVirtual().start(agent::tellUnexpectedEnd);
            agent.untilReady();
            return agent;
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    /** The agent's process. */
    public long pid() {
        return process.pid();
    }

    /** The management token. */
    public String token() {
        return token;
    }

    /** Direct calls with the management token. */
    public NomadApi api() {
        return new NomadApi(address, token);
    }

    /** A new client token with these capabilities in this namespace. */
    public String clientToken(String namespace, List<String> capabilities) {
        String name = "test-" + namespace + "-" + policies.incrementAndGet();
        ObjectNode policy = Json.MAPPER.createObjectNode();
        policy.put("Name", name);
        policy.put(
                "Rules",
                "namespace \"%s\" { capabilities = [%s] }"
                        .formatted(
                                namespace,
                                capabilities.stream()
                                        .map(capability -> "\"" + capability + "\"")
                                        .collect(Collectors.joining(", "))));
        api().call("POST", "/v1/acl/policy/" + name, policy.toString());
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.put("Name", name).put("Type", "client").putArray("Policies").add(name);
        return api().call("POST", "/v1/acl/token", request.toString()).path("SecretID").asText();
    }

    @Override
    public void close() {
        try {
            stopJobs();
        } finally {
            kill();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    private static String config(List<Integer> ports) {
        return """
        ports {
          http = %d
          rpc  = %d
          serf = %d
        }
        log_level            = "WARN"
        disable_update_check = true
        acl { enabled = true }
        client {
          gc_max_allocs = 10000
          options { "fingerprint.denylist" = "env_aws,env_gce,env_azure,env_digitalocean" }
        }
        """
                .formatted(ports.toArray());
    }

    private static Process launch(Path directory, Path config) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        FetchedTool.path("nomad").toString(),
                        "agent",
                        "-dev",
                        "-bind=127.0.0.1",
                        "-config=" + config);
        builder.environment().keySet().removeIf(name -> name.startsWith("NOMAD_"));
        // Nomad dies of a certificate bundle that is meant for other programs.
        builder.environment().remove("AWS_CA_BUNDLE");
        builder.environment().put("TMPDIR", directory.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("agent.log").toFile())
                .start();
    }

    private void untilReady() throws IOException {
        try {
            await().atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() ->
                            !process.isAlive() || api().answers("/v1/agent/health?type=server"));
            token = api().call("POST", "/v1/acl/bootstrap", "").path("SecretID").asText();
            await().atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> api().get("/v1/nodes").path(0).path("Drivers"), this::canRun);
        } catch (ConditionTimeoutException | UncheckedIOException notReady) {
            String log = Files.readString(directory.resolve("agent.log"));
            kill();
            throw new IllegalStateException("Nomad did not start: " + log, notReady);
        }
    }

    private boolean canRun(JsonNode drivers) {
        return drivers.path("raw_exec").path("Healthy").asBoolean();
    }

    private void stopJobs() {
        // One for all: each has connections of its own, of which Nomad allows a hundred.
        NomadApi api = api();
        for (JsonNode job : api.get("/v1/jobs?namespace=*")) {
            String id = Call.encode(job.path("ID").asText());
            String namespace = job.path("Namespace").asText();
            api.call("DELETE", "/v1/job/" + id + "?namespace=" + namespace, "");
        }
        await("the end of all allocations")
                .atMost(START_LIMIT)
                .until(() ->
                        Json.list(
                                        api.get("/v1/allocations?namespace=*"),
                                        alloc -> alloc.path("ClientStatus").asText())
                                .stream()
                                .noneMatch("running"::equals));
    }

    /** An agent that ends by itself would show only as refused connections everywhere. */
    private void tellUnexpectedEnd() {
        try {
            process.waitFor();
            if (stopping) {
                return;
            }
            String log = Files.readString(directory.resolve("agent.log"));
            LOG.error(
                    "Nomad at {} ended by itself with exit code {}; its log ends with:\n{}",
                    address,
                    process.exitValue(),
                    log.substring(Math.max(0, log.length() - LAST_WORDS)));
        } catch (IOException gone) {
            LOG.error("Nomad at {} ended by itself, and its log is gone", address, gone);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        stopping = true;
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            children.forEach(ProcessHandle::destroyForcibly);
            Leftovers.remove(directory);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
    }
}
