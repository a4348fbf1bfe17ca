package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.store.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * The real engine and the real store against a simulated Nomad, under many seeds. {@code
 * -Ddrover.seed=N} runs one of them and tells its story, {@code -Ddrover.seeds=N} that many; see
 * docs/simulation.md.
 */
class EngineSimulationTest {
    private static final int SEEDS = 1000;
    private static final int THREADS = 2;

    /** A store that grew over hundreds of seeds would cost each of the later ones more. */
    private static final int SEEDS_PER_STORE = 25;

    private final Set<String> reached = new ConcurrentSkipListSet<>();
    private final AtomicLong seeds = new AtomicLong();

    @Test
    void whateverHappensTheInvariantsHoldAndEverythingEnds() throws InterruptedException {
        try (FaultsHeard ear = FaultsHeard.listen()) {
            Long one = Long.getLong("drover.seed");
            if (one == null) {
                int last = Integer.getInteger("drover.seeds", SEEDS);
                runAll(last, ear);
                if (last >= SEEDS) {
                    // A simulation that reaches little proves little.
                    assertThat(reached).containsAll(SimulationChecks.TO_BE_REACHED);
                }
            } else {
                try (TestStore files = TestStore.inMemory()) {
                    System.out.println(run(files, one, ear));
                }
            }
        }
    }

    private void runAll(int last, FaultsHeard ear) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(threads.submit(() -> runSome(last, ear)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof AssertionError error
                    ? error
                    : new AssertionError(failure.getCause());
        }
    }

    private void runSome(int last, FaultsHeard ear) {
        try {
            while (seeds.get() < last) {
                runOnOneStore(last, ear);
            }
        } finally {
            seeds.set(last);
        }
    }

    /** Each thread has stores of its own, so that a seed is the same beside any other. */
    private void runOnOneStore(int last, FaultsHeard ear) {
        try (TestStore files = TestStore.inMemory()) {
            for (int i = 0; i < SEEDS_PER_STORE; i++) {
                long seed = seeds.incrementAndGet();
                if (seed <= last) {
                    run(files, seed, ear);
                }
            }
        }
    }

    private String run(TestStore files, long seed, FaultsHeard ear) {
        try (Simulation simulation = new Simulation(files, seed, ear)) {
            try {
                simulation.run();
                reached.addAll(simulation.reached());
                return simulation.story();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "%s%n%n%s%n%nseed %d: %s%nrun it alone: %s"
                                .formatted(
                                        "what happened:",
                                        simulation.story(),
                                        seed,
                                        failure.getMessage(),
                                        again(seed)),
                        failure);
            }
        }
    }

    private static String again(long seed) {
        return "./mvnw -pl gateway -am test -Dtest=EngineSimulationTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Ddrover.seed="
                + seed;
    }
}
