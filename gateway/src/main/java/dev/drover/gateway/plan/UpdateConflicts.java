package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a jobspec's update block wants something else than the strategy that owns the value. Told,
 * never settled silently.
 */
final class UpdateConflicts {
    private final Strategy strategy;
    private final List<String> lines = new ArrayList<>();

    private UpdateConflicts(Strategy strategy) {
        this.strategy = strategy;
    }

    /**
     * Refuses a job with a conflict.
     *
     * @param declared the groups of the jobspec before anything was laid over it
     * @param wanted the same groups with the strategy's update block
     * @throws GatewayException JOBSPEC_INVALID with every path
     */
    static void refuse(
            List<JobGroup> declared,
            List<JobGroup> wanted,
            PlacedStrategy placed,
            JobspecProblem problem) {
        UpdateConflicts conflicts = new UpdateConflicts(placed.strategy());
        for (int i = 0; i < declared.size(); i++) {
            conflicts.group(declared.get(i), wanted.get(i));
        }
        if (!conflicts.lines.isEmpty()) {
            throw problem.invalid(
                    String.join("; ", conflicts.lines.stream().distinct().toList())
                            + ("; the strategy%s owns these values: leave them out of the jobspec, or"
                                            + " declare another strategy")
                                    .formatted(placed.declared()));
        }
    }

    private void group(JobGroup declared, JobGroup wanted) {
        number(declared, wanted, "Canary", "canary");
        if (strategy.getRolling().getMaxParallel() > 0) {
            number(declared, wanted, "MaxParallel", "max_parallel");
        }
        automatic(declared, "AutoPromote", "auto_promote", "Drover promotes");
        automatic(declared, "AutoRevert", "auto_revert", "Drover rolls back by itself");
        deadline(declared);
    }

    /** Zero is what a jobspec has that says nothing. */
    private void number(JobGroup declared, JobGroup wanted, String key, String name) {
        long own = declared.update(key).asLong(0);
        long strategys = wanted.update(key).asLong(0);
        if (own != 0 && own != strategys) {
            lines.add(
                    "%s = %d, but the strategy says %d"
                            .formatted(declared.updatePath(key, name), own, strategys));
        }
    }

    private void automatic(JobGroup declared, String key, String name, String instead) {
        if (declared.update(key).asBoolean(false)) {
            lines.add(declared.updatePath(key, name) + " = true, but " + instead);
        }
    }

    private void deadline(JobGroup declared) {
        Duration pause = CanarySteps.longestPause(strategy);
        JsonNode own = declared.update("ProgressDeadline");
        if (pause.isPositive()
                && own.isNumber()
                && Duration.ofNanos(own.asLong()).compareTo(pause) <= 0) {
            lines.add(
                    ("%s = %s, but the strategy holds a step for up to %s by its bake, decision_timeout"
                                    + " and verifications, and Nomad fails a paused deployment at"
                                    + " this deadline")
                            .formatted(
                                    declared.updatePath("ProgressDeadline", "progress_deadline"),
                                    DeclaredTime.text(Duration.ofNanos(own.asLong())),
                                    DeclaredTime.text(pause)));
        }
    }
}
