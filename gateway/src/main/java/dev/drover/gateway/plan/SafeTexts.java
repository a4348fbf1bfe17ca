package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.PlacementFailure;
import java.util.stream.Collectors;

/** Takes the sensitive values of one environment, as they are now, out of what is to be shown. */
public final class SafeTexts {

    private final Redaction redaction;

    SafeTexts(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The sentence without them. */
    public String sentence(String text) {
        return redaction.sentence(text);
    }

    /**
     * Why a group has no place, in Nomad's counts and in one line.
     *
     * @param job the job's JSON, for the drivers that the group needs
     */
    public PlacementFailure placement(
            JsonNode job, String group, dev.drover.gateway.cluster.PlacementFailure failure) {
        String drivers =
                JobTask.all(job).stream()
                        .filter(task -> task.group().equals(group))
                        .map(JobTask::driver)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return Placements.failure(group, failure, drivers, redaction);
    }

    /** For a text that comes in pieces. */
    public StreamRedaction stream() {
        return new StreamRedaction(redaction.parts());
    }
}
