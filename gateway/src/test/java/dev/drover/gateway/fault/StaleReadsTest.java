package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that lags: after each change it tells of the job as it was, for some reads. */
class StaleReadsTest {
    private static final int READS = 5;
    private static final Set<String> WRITES = Set.of("register", "stop");

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final String namespace = NOMAD.freshNamespace();
    private final AtomicReference<Optional<RunningJob>> before =
            new AtomicReference<>(Optional.empty());
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger lagged = new AtomicInteger();

    @Test
    void areNotTakenForChangesOfSomebodyElse() {
        NomadCluster lagging = lagging(NOMAD.cluster());
        try (LiveShop shop = new LiveShop(name -> lagging, namespace)) {
            shop.succeed(TestJobs.service(LiveShop.JOB).count(2).release("one"));
            shop.strategy(Shapes.steps(1));
            shop.succeed(TestJobs.service(LiveShop.JOB).count(2).release("two"));
        }
        assertThat(lagged).hasValueGreaterThanOrEqualTo(2 * READS);
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(2);
    }

    @Test
    void stopIsSeenBeforeTheNextVersionIsRegistered() {
        NomadCluster lagging = lagging(NOMAD.cluster());
        try (LiveShop shop = new LiveShop(name -> lagging, namespace)) {
            shop.succeed(TestJobs.service(LiveShop.JOB).release("one"));
            shop.strategy(Shapes.recreate());
            shop.succeed(TestJobs.service(LiveShop.JOB).release("two"));
        }
        assertThat(lagged).hasValueGreaterThanOrEqualTo(3 * READS);
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(3);
    }

    private NomadCluster lagging(NomadCluster real) {
        return (NomadCluster)
                Proxy.newProxyInstance(
                        NomadCluster.class.getClassLoader(),
                        new Class<?>[] {NomadCluster.class},
                        (proxy, method, arguments) -> {
                            if (WRITES.contains(method.getName()) && left.get() <= 0) {
                                before.set(real.job(namespace, LiveShop.JOB));
                                left.set(READS);
                            } else if (method.getName().equals("job")
                                    && left.getAndDecrement() > 0) {
                                lagged.incrementAndGet();
                                return before.get();
                            }
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException refused) {
                                throw refused.getCause();
                            }
                        });
    }
}
