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
import java.util.function.UnaryOperator;
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

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private @Nullable Shared shared;

    private record Shared(
            NomadAgent agent,
            Vertx vertx,
            ConfiguredClusters clusters,
            ConfiguredClusters withTokens)
            implements AutoCloseable {

        static Shared start() {
            NomadAgent agent = NomadAgent.start();
            Vertx vertx = Vertx.vertx();
            return new Shared(
                    agent,
                    vertx,
                    over(agent, vertx, name -> agent.token()),
                    over(agent, vertx, name -> name));
        }

        @Override
        public void close() {
            clusters.close();
            withTokens.close();
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

    /** The adapter over this agent, with its management token. */
    public NomadCluster cluster() {
        return clusterWithToken(agent().token());
    }

    /** The adapter over this agent, with another token. */
    public NomadCluster clusterWithToken(String token) {
        return shared().withTokens().cluster(token);
    }

    /** The adapter over this agent, with its management token, for every cluster name. */
    public NomadClusters clusters() {
        return shared().clusters();
    }

    private static ConfiguredClusters over(
            NomadAgent agent, Vertx vertx, UnaryOperator<String> tokenOf) {
        return new ConfiguredClusters(
                vertx,
                name ->
                        new ClusterSettings(
                                "clusters/test",
                                List.of(agent.address()),
                                "",
                                SecretReference.parse("env:" + tokenOf.apply(name)),
                                ClusterTls.SYSTEM,
                                ClusterLimits.DEFAULT),
                // The reference itself is the token: nothing here has to be kept secret.
                reference -> reference,
                InstantSource.system(),
                new Random(),
                NomadListener.SILENT);
    }
}
