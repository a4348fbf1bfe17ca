package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Software that does not run, in each way of its own: the promotion fails and says which. */
class BadAllocationsTest {
    private static final Duration HEALTHY = Duration.ofSeconds(4);
    private static final Duration PROGRESS = Duration.ofSeconds(5);

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private static final Map<Trouble, Started> STARTED = new EnumMap<>(Trouble.class);

    enum Trouble {
        EXITS_WITH_0("exit 0", "Exit Code: 0"),
        EXITS_WITH_3("exit 3", "Exit Code: 3"),
        /** How an end for want of memory looks; raw_exec itself has no limit. */
        KILLED_BY_THE_KERNEL("kill -9 $$", "Signal: 9"),
        FLAPS("sleep 0.3; exit 1", "Exit Code: 1"),
        COMMAND_IS_MISSING("", "no-such-program"),
        ARTIFACT_IS_MISSING("sleep 1000", "Failed Artifact Download"),
        ;

        private final String script;
        private final String told;

        Trouble(String script, String told) {
            this.script = script;
            this.told = told;
        }
    }

    private record Started(LiveShop shop, String namespace, String promotion) {}

    @BeforeAll
    static void promote() {
        for (Trouble trouble : Trouble.values()) {
            String namespace = NOMAD.freshNamespace();
            LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);
            STARTED.put(trouble, new Started(shop, namespace, shop.promote(job(trouble))));
        }
    }

    @AfterAll
    static void close() {
        STARTED.values().forEach(one -> one.shop().close());
    }

    @ParameterizedTest
    @EnumSource
    void failsThePromotionInWordsThatTellWhatHappened(Trouble trouble) {
        Started one = Objects.requireNonNull(STARTED.get(trouble));
        Promotion failed = one.shop().ended(one.promotion(), Promotion.State.FAILED);
        assertThat(failed.getFailureCause().name()).isIn("UNHEALTHY", "DEADLINE_EXCEEDED");
        assertThat(failed.getStateMessage()).contains(trouble.told, "since nothing succeeded here");
        assertThat(NOMAD.cluster().versions(one.namespace(), LiveShop.JOB)).hasSize(1);
    }

    private static ObjectNode job(Trouble trouble) {
        ObjectNode job =
                TestJobs.service(LiveShop.JOB)
                        .minHealthy(Duration.ofSeconds(2))
                        .deadlines(HEALTHY, PROGRESS)
                        .script(trouble.script)
                        .json();
        ObjectNode group = (ObjectNode) job.path("TaskGroups").path(0);
        ObjectNode task = (ObjectNode) group.path("Tasks").path(0);
        switch (trouble) {
            case FLAPS ->
                    group.putObject("RestartPolicy")
                            .put("Attempts", 100)
                            .put("Interval", Duration.ofMinutes(1).toNanos())
                            .put("Delay", Duration.ofMillis(200).toNanos())
                            .put("Mode", "delay");
            case COMMAND_IS_MISSING ->
                    task.putObject("Config").put("command", "/opt/no-such-program");
            case ARTIFACT_IS_MISSING ->
                    task.putArray("Artifacts")
                            .addObject()
                            .put("GetterSource", "http://127.0.0.1:1/web.tar.gz")
                            .put("RelativeDest", "local/");
            default -> {}
        }
        return job;
    }
}
