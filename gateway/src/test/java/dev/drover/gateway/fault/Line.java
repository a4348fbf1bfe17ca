package dev.drover.gateway.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.TestJobs;
import java.time.Duration;
import java.util.Locale;

/** An application of one job, by its strategy; releases of it go out one after the other. */
enum Line {
    ROLLING("{\"rolling\": {\"maxParallel\": 1}}"),
    CANARY(
            "{\"canary\": {\"steps\": [{\"percent\": 25, \"bake\": \"0.3s\"}, {\"percent\": 50, \"bake\": \"0.3s\"}]}}"),
    BLUE_GREEN("{\"blueGreen\": {\"bake\": \"0.3s\"}}"),
    RECREATE("{\"recreate\": {}}"),
    DISPATCHED("{}"),
    /** Every second release is bad, and is taken back. */
    FAILING("{\"rolling\": {}}");

    private final String strategy;

    Line(String strategy) {
        this.strategy = strategy;
    }

    /** Of the application, and of its job. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String application(String pipeline) {
        return """
        {"pipeline": "%s", "strategy": %s, "jobs": [{"id": "%s"%s}]}
        """
                .formatted(pipeline, strategy, id(), this == DISPATCHED ? ", \"run\": {}" : "");
    }

    boolean good(int release) {
        return this != FAILING || release % 2 == 1;
    }

    /** Longer healthy than it takes to crash: Nomad would call it a success else. */
    private ObjectNode failing(TestJobs job, int release) {
        return good(release) ? job.json() : job.crashing().json();
    }

    /** What the release with this number runs. */
    ObjectNode job(int release) {
        TestJobs job = TestJobs.service(id()).release("r" + release);
        ObjectNode spec =
                switch (this) {
                    case ROLLING -> job.count(2).maxParallel(1).json();
                    case CANARY -> job.count(4).json();
                    case BLUE_GREEN -> job.count(2).json();
                    case RECREATE -> job.json();
                    case DISPATCHED -> job.parameterized().json();
                    case FAILING -> failing(job.minHealthy(Duration.ofSeconds(1)), release);
                };
        for (JsonNode group : spec.path("TaskGroups")) {
            if (group.path("Update") instanceof ObjectNode update) {
                // The strategy owns it, where it holds a deployment.
                update.remove("ProgressDeadline");
                update.put("HealthyDeadline", Duration.ofSeconds(20).toNanos());
            }
        }
        return spec;
    }
}
