package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.Promotion;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The real engine and the real store against a simulated Nomad, under many seeds. {@code
 * -Dsimulation.seed=N} runs one of them, {@code -Dsimulation.seeds=N} that many.
 */
class EngineSimulationTest {
    private static final int SEEDS = 200;

    @BeforeAll
    static void quiet() {
        // Thousands of outages are injected, and each is told.
        ((Logger) LoggerFactory.getLogger(Worker.class)).setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        ((Logger) LoggerFactory.getLogger(Worker.class)).setLevel(null);
    }

    @Test
    void whateverHappensTheInvariantsHoldAndEverythingEnds() {
        Set<String> reached = new TreeSet<>();
        try (TestStore files = TestStore.create()) {
            Long one = Long.getLong("simulation.seed");
            if (one != null) {
                run(files, one, reached);
                return;
            }
            int seeds = Integer.getInteger("simulation.seeds", SEEDS);
            for (long seed = 1; seed <= seeds; seed++) {
                run(files, seed, reached);
            }
        }
        // A simulation that reaches little proves little.
        assertThat(reached)
                .contains(
                        "SUCCEEDED", "FAILED", "ROLLED_BACK", "CANCELLED", "REJECTED", "SUPERSEDED")
                .contains("UNHEALTHY", "PLACEMENT_FAILED", "CHANGED_OUT_OF_BAND");
    }

    private static void run(TestStore files, long seed, Set<String> reached) {
        Simulation simulation = new Simulation(files, seed);
        try {
            simulation.run();
            for (Promotion promotion : simulation.promotions()) {
                reached.add(promotion.getState().name());
                reached.add(promotion.getFailureCause().name());
            }
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "seed %d fails; run it alone: ./mvnw -pl gateway -am test -Dtest=EngineSimulationTest -Dsimulation.seed=%d -Dsurefire.failIfNoSpecifiedTests=false%n%s"
                            .formatted(seed, seed, simulation.story()),
                    failure);
        }
    }
}
