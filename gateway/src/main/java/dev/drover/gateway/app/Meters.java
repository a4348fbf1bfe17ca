package dev.drover.gateway.app;

import dev.drover.gateway.cluster.WatchState;
import dev.drover.gateway.nomad.NomadListener;
import dev.drover.gateway.promotion.Engine;
import dev.drover.gateway.store.SqliteStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * What is measured outside of the API: traffic with clusters, the store, and the process itself.
 */
final class Meters implements NomadListener {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        Runtime process = Runtime.getRuntime();
        Gauge.builder("drover.heap.used", process, r -> r.totalMemory() - r.freeMemory())
                .description("Memory that objects take")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("drover.heap.max", process, Runtime::maxMemory)
                .description("Memory that objects may take")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Measures a store while it is open; the registry alone does not keep it. */
    void store(SqliteStore store) {
        Gauge.builder("drover.store.writes.waiting", store, SqliteStore::waitingWrites)
                .description("Writes that wait for their turn; more than 8192 are refused")
                .register(registry);
        Gauge.builder("drover.store.wal", store, SqliteStore::walBytes)
                .description("Size of the store's write-ahead log")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Counts what an engine works at. */
    void engine(Engine engine) {
        Gauge.builder("drover.promotions.active", engine, Engine::active)
                .description("Promotions that wait or run, and that this gateway works at")
                .register(registry);
        Gauge.builder("drover.promotions.held", engine, Engine::held)
                .description("Promotions that failed and wait for a person")
                .register(registry);
        FunctionCounter.builder("drover.rollbacks.failed", engine, Engine::failedRollbacks)
                .description("Rollbacks that failed")
                .register(registry);
    }

    @Override
    public void finished(String cluster, String call, String outcome, Duration took) {
        Timer.builder("drover.nomad.calls")
                .description("Calls of Nomad, attempts included")
                .tag("cluster", cluster)
                .tag("call", call)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
    }

    @Override
    public void watchChanged(String cluster, String namespace, WatchState state) {
        registry.counter(
                        "drover.nomad.watch.changes",
                        "cluster",
                        cluster,
                        "namespace",
                        namespace,
                        "state",
                        state.phase().name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
