package dev.drover.gateway.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;

/** The contract on the simulated Nomad, so that it cannot drift from the real one. */
class SimulatedNomadContractTest extends SystemContract {

    private static final Pattern LATER = Pattern.compile("sleep (\\d+); exit");
    private static final Pattern ECHO = Pattern.compile("echo (\\w+)(!?)");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private SimulatedTime time = new SimulatedTime();
    private SimulatedNomad simulated = new SimulatedNomad(time);

    @BeforeEach
    void behaveAsTheScriptsSay() {
        simulated.workloads(SimulatedNomadContractTest::workload);
        simulated.tasks().printing(SimulatedNomadContractTest::printed);
    }

    @Override
    NomadCluster cluster() {
        return simulated;
    }

    @Override
    String freshNamespace() {
        simulated.createNamespace("test");
        return "test";
    }

    @Override
    void eventually(Runnable assertion) {
        Instant end = time.instant().plus(LIMIT);
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError | NoSuchElementException notYet) {
                if (time.instant().isAfter(end)) {
                    throw notYet;
                }
                time.advance(Duration.ofMillis(10));
            }
        }
    }

    @Override
    void pass(Duration duration) {
        time.advance(duration);
    }

    /** What the script of the task says by echo, to the output that it says. */
    private static String printed(ObjectNode job, String task, LogRequest.Output output) {
        String script = job.at("/TaskGroups/0/Tasks/0/Config/args/1").asText().replace(" >&2", "!");
        return ECHO.matcher(script)
                .results()
                .filter(found -> found.group(2).isEmpty() == (output == LogRequest.Output.STDOUT))
                .map(found -> found.group(1) + "\n")
                .collect(Collectors.joining());
    }

    private static Workload workload(ObjectNode job, String group) {
        JsonNode spec = job.path("TaskGroups").path(0);
        JsonNode constraint = spec.path("Constraints").path(0);
        if (!constraint.isMissingNode()) {
            return new Workload.FitsNowhere(
                    constraint.path("LTarget").asText()
                            + " = "
                            + constraint.path("RTarget").asText());
        }
        String script = spec.path("Tasks").path(0).path("Config").path("args").path(1).asText();
        Matcher later = LATER.matcher(script);
        if (later.find()) {
            return new Workload.Crashes(Duration.ofSeconds(Long.parseLong(later.group(1))), 1);
        }
        return script.startsWith("exit") ? Workload.CRASHING : Workload.HEALTHY;
    }
}
