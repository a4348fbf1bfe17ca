package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import dev.drover.gateway.cluster.SecretReference;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * JUnit extension: the one real Nomad agent that all tests of this JVM share, started when first
 * needed and stopped after the last test. Tests keep apart by namespaces of their own.
 *
 * <pre>{@code @RegisterExtension static final RealNomad NOMAD = new RealNomad();}</pre>
 */
public final class RealNomad implements BeforeAllCallback {

    /** Name of the environment variable that {@link #settings} refers to. */
    private static final String TOKEN_VARIABLE = "TEST_NOMAD_TOKEN";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private @Nullable Shared shared;

    private record Shared(NomadAgent agent, Vertx vertx, ConfiguredClusters clusters)
            implements AutoCloseable {

        static Shared start() {
            NomadAgent agent = NomadAgent.start();
            Vertx vertx = Vertx.vertx();
            return new Shared(agent, vertx, RealNomad.over(agent, vertx));
        }

        @Override
        public void close() {
            clusters.close();
            vertx.close();
            agent.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared =
                context.getRoot()
                        .getStore(Namespace.GLOBAL)
                        .getOrComputeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    }

    /** The running agent. */
    public NomadAgent agent() {
        return shared().agent();
    }

    private Shared shared() {
        return Objects.requireNonNull(shared, "register this extension in a static field");
    }

    /** A new, empty namespace. */
    public String freshNamespace() {
        String name = "test-" + NAMESPACES.incrementAndGet();
        agent().api().call("POST", "/v1/namespace/" + name, "{\"Name\":\"" + name + "\"}");
        return name;
    }

    /** The adapter over this agent. */
    public NomadCluster cluster() {
        return clusters().cluster("clusters/test");
    }

    /** The adapter, over this agent for every cluster name. */
    public NomadClusters clusters() {
        return shared().clusters();
    }

    /** Settings of a cluster that is this agent, with its management token. */
    static ClusterSettings settings(String name, NomadAgent agent) {
        return new ClusterSettings(
                name,
                List.of(agent.address()),
                "",
                SecretReference.parse("env:" + TOKEN_VARIABLE),
                ClusterTls.SYSTEM,
                ClusterLimits.DEFAULT);
    }

    private static ConfiguredClusters over(NomadAgent agent, Vertx vertx) {
        return new ConfiguredClusters(
                vertx,
                name -> settings(name, agent),
                name -> TOKEN_VARIABLE.equals(name) ? agent.token() : null,
                InstantSource.system(),
                new Random(),
                NomadListener.SILENT);
    }
}
