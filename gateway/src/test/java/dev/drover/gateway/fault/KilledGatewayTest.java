package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of a real gateway at any moment, with every strategy under way on a real Nomad: each
 * intended version of a job is registered once. Half of the kills come at some moment, the others
 * right after Nomad did something, when the gateway may not have written it down yet. {@code
 * -Dkills=100} for more rounds, {@code -Dkills.seed=N} for the moments of another run.
 */
class KilledGatewayTest {
    private static final int KILLS = Integer.getInteger("kills", 0);
    private static final int KILLS_MIN = 3;
    private static final int KILLS_MAX = 15;
    private static final Duration ENOUGH = Duration.ofSeconds(50);
    private static final long SEED = Long.getLong("kills.seed", System.nanoTime());
    private static final long READY_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final int LATEST_MILLIS = 3000;
    private static final int EVENTS_MAX = 12;
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration TO_THE_END = Duration.ofMinutes(5);

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    private final Random random = new Random(SEED);
    private final KilledShop shop = new KilledShop(NOMAD);
    private final Semaphore events = new Semaphore(0);
    private final Map<String, JsonNode> evaluations = new TreeMap<>();
    private Optional<GatewayProcess> last = Optional.empty();

    @AfterEach
    void close() throws InterruptedException {
        if (last.isPresent()) {
            last.get().kill();
        }
        shop.close();
    }

    @Test
    void everyIntendedVersionIsRegisteredOnceWhateverTheMomentOfTheKill(TestReporter reporter)
            throws Exception {
        GatewayProcess first = start();
        shop.declare(ready(first));
        first.kill();
        int kills = 0;
        try (Watch watch = NOMAD.cluster().watch(shop.namespace, hint -> events.release())) {
            assertThat(watch.state()).isNotNull();
            long enough = System.nanoTime() + ENOUGH.toNanos();
            while (more(kills, System.nanoTime() < enough)) {
                round();
                collect();
                kills++;
            }
        }
        URI gateway = ready(start());
        await("the end of all, seed " + SEED)
                .atMost(TO_THE_END)
                .pollInterval(LOOK)
                .until(() -> !shop.tend(gateway, false));
        collect();
        int promotions = 0;
        for (Line line : Line.values()) {
            check(gateway, line);
            promotions += shop.releases(line);
        }
        assertThat(log()).contains("looks at Nomad before it acts");
        reporter.publishEntry(
                "SIGKILL", "%d kills, %d promotions, seed %d".formatted(kills, promotions, SEED));
    }

    private static boolean more(int kills, boolean time) {
        return KILLS > 0 ? kills < KILLS : kills < KILLS_MIN || (time && kills < KILLS_MAX);
    }

    /** From a start to a kill, which may come before the gateway is ready. */
    private void round() throws Exception {
        GatewayProcess gateway = start();
        if (random.nextInt(6) == 0) {
            gateway.killAfter(Duration.ofMillis(random.nextInt(LATEST_MILLIS)));
            return;
        }
        long begun = System.nanoTime();
        URI address = ready(gateway);
        // A machine that takes long for a start takes long for everything.
        long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        CompletableFuture<Void> killer =
                random.nextBoolean()
                        ? killing(gateway, 0, random.nextLong(LATEST_MILLIS * 1000L + took))
                        : killing(gateway, 1 + random.nextInt(EVENTS_MAX), random.nextInt(15_000));
        await("a kill, seed " + SEED)
                .atMost(TO_THE_END)
                .pollInterval(LOOK)
                .until(() -> {
                    shop.tend(address, true);
                    return killer.isDone();
                });
        killer.get();
    }

    /** Kills after so many events of Nomad, and a while. */
    private CompletableFuture<Void> killing(GatewayProcess gateway, int after, long micros) {
        events.drainPermits();
        CompletableFuture<Void> killed = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        events.tryAcquire(after, LATEST_MILLIS, TimeUnit.MILLISECONDS);
                        gateway.killAfter(Duration.of(micros, ChronoUnit.MICROS));
                        killed.complete(null);
                    } catch (InterruptedException | RuntimeException failure) {
                        killed.completeExceptionally(failure);
                    }
                });
        return killed;
    }

    private URI ready(GatewayProcess gateway) throws InterruptedException, IOException {
        Optional<URI> address = gateway.ready(READY_MILLIS);
        assertThat(address).as("a gateway that gets ready, seed %d: %s", SEED, log()).isPresent();
        return address.orElseThrow();
    }

    private GatewayProcess start() {
        GatewayProcess gateway =
                GatewayProcess.start(
                        directory.resolve("store"),
                        KilledShop.ROOT,
                        NOMAD.agent().token(),
                        directory.resolve("gateway.log").toFile());
        last = Optional.of(gateway);
        return gateway;
    }

    private void check(URI gateway, Line line) throws Exception {
        List<JsonNode> ended = shop.ended(line);
        assertThat(ended).as("promotions of %s, seed %d", line, SEED).isNotEmpty();
        List<JsonNode> all = new ArrayList<>();
        for (int i = 0; i < ended.size(); i++) {
            JsonNode promotion = ended.get(i);
            assertThat(promotion.path("state").asText())
                    .as("seed %d: %s", SEED, promotion)
                    .isEqualTo(line.good(i + 1) ? "SUCCEEDED" : "ROLLED_BACK");
            all.add(promotion);
            String rollback = promotion.path("rolledBackBy").asText();
            if (!rollback.isEmpty()) {
                all.add(shop.get(gateway, rollback).orElseThrow());
            }
        }
        onceInNomad(line, all);
    }

    /** As many versions, registrations and runs as promotions asked for, and not one more. */
    private void onceInNomad(Line line, List<JsonNode> promotions) {
        TreeSet<Long> intended = new TreeSet<>();
        for (JsonNode promotion : promotions) {
            TreeSet<Long> its = new TreeSet<>();
            for (JsonNode phase : promotion.path("rollout").path("phases")) {
                its.add(phase.path("jobModifyIndex").asLong());
            }
            its.remove(0L);
            assertThat(its).as("registrations of %s", promotion).hasSize(1);
            assertThat(intended.addAll(its)).as("a registration of its own: %s", its).isTrue();
        }
        int stops = line == Line.RECREATE ? promotions.size() - 1 : 0;
        List<JobVersion> versions = NOMAD.cluster().versions(shop.namespace, line.id());
        assertThat(versions.stream().mapToLong(JobVersion::version).max())
                .as("newest version of %s, seed %d", line, SEED)
                .hasValue(promotions.size() + stops - 1L);
        if (line == Line.DISPATCHED) {
            assertThat(NOMAD.cluster().launched(shop.namespace, line.id()))
                    .as("runs, seed %d", SEED)
                    .hasSize(promotions.size());
        } else {
            // A registration that changes nothing makes no version, but an evaluation.
            assertThat(registered(line))
                    .as("registrations of %s, seed %d", line, SEED)
                    .containsExactlyElementsOf(intended);
        }
    }

    private List<Long> registered(Line line) {
        return evaluations.values().stream()
                .filter(one -> one.path("JobID").asText().equals(line.id()))
                .filter(one -> one.path("TriggeredBy").asText().equals("job-register"))
                .map(one -> one.path("JobModifyIndex").asLong())
                .sorted()
                .toList();
    }

    /** Nomad forgets evaluations in time. */
    private void collect() {
        String list = "/v1/evaluations?namespace=" + shop.namespace;
        for (JsonNode one : NOMAD.agent().api().get(list)) {
            evaluations.put(one.path("ID").asText(), one);
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("gateway.log"));
    }
}
