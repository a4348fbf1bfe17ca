package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static final Path REPORT = Path.of("target/simulation.txt");

    private final Happened happened = new Happened();
    private final AtomicLong seeds = new AtomicLong();

    @Test
    void whateverHappensTheInvariantsHoldAndEverythingEnds()
            throws IOException, InterruptedException {
        try (FaultsHeard ear = FaultsHeard.listen()) {
            Long one = Long.getLong("drover.seed");
            if (one == null) {
                int last = Integer.getInteger("drover.seeds", SEEDS);
                runAll(last, ear);
                Files.createDirectories(REPORT.getParent());
                Files.writeString(REPORT, happened.report());
                if (last >= SEEDS) {
                    assertThat(happened.never(SimulationGoals.ALL))
                            .as("what never happened; see %s", REPORT)
                            .isEmpty();
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
                happened.add(simulation.happened());
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
