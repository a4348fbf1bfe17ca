package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.Submission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rendered jobs of one promotion, kept so that exactly these are registered, and can be brought
 * back later. Holds placeholders instead of sensitive values.
 *
 * @param jobs in the order of waves
 */
public record Rendering(List<RenderedJob> jobs) {
    private static final int FORMAT = 1;

    public Rendering {
        jobs = jobs.stream().sorted(Comparator.comparingInt(RenderedJob::wave)).toList();
    }

    /** The job with this id. */
    public Optional<RenderedJob> job(String id) {
        return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
    }

    /** To be stored: canonical JSON in UTF-8. */
    public byte[] toBytes() {
        ObjectNode root = CanonicalJson.MAPPER.createObjectNode().put("format", FORMAT);
        for (RenderedJob job : jobs) {
            ObjectNode entry =
                    CanonicalJson.MAPPER
                            .createObjectNode()
                            .put("id", job.id())
                            .put("wave", job.wave());
            entry.set("spec", job.spec());
            entry.put("source", job.submission().source())
                    .put("sourceFormat", job.submission().format())
                    .put("variables", job.submission().variables());
            entry.put("preserveCounts", job.kept().preserveCounts());
            ObjectNode deadlines = entry.putObject("progressDeadlines");
            new TreeMap<>(job.kept().progressDeadlines()).forEach(deadlines::put);
            root.withArray("jobs").add(entry);
        }
        return CanonicalJson.bytes(root);
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Rendering parse(byte[] bytes) {
        JsonNode root = CanonicalJson.read(bytes);
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "a rendering of format "
                            + root.path("format")
                            + " cannot be read, only "
                            + FORMAT);
        }
        List<RenderedJob> jobs = new ArrayList<>();
        for (JsonNode entry : root.path("jobs")) {
            if (!(entry.path("spec") instanceof ObjectNode spec)) {
                throw new IllegalArgumentException("a rendered job without its specification");
            }
            Submission submission =
                    new Submission(
                            entry.path("source").asText(),
                            entry.path("sourceFormat").asText(),
                            entry.path("variables").asText());
            jobs.add(
                    new RenderedJob(
                            entry.path("id").asText(),
                            entry.path("wave").asInt(),
                            spec,
                            submission,
                            kept(entry)));
        }
        return new Rendering(jobs);
    }

    private static RenderedJob.Kept kept(JsonNode entry) {
        Map<String, Long> deadlines = new TreeMap<>();
        entry.path("progressDeadlines")
                .properties()
                .forEach(one -> deadlines.put(one.getKey(), one.getValue().asLong()));
        return new RenderedJob.Kept(entry.path("preserveCounts").asBoolean(false), deadlines);
    }
}
