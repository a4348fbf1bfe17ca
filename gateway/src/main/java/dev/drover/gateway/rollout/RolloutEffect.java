package dev.drover.gateway.rollout;

import java.util.Map;

/**
 * Something to do in Nomad, noted in the commit that decided it and done after. Doing one twice is
 * harmless: whoever does it looks first.
 */
public sealed interface RolloutEffect {
    /** The job that it is about. */
    String job();

    /** Unique for ever; the promotion's name is a part of it. */
    String key();

    /**
     * Stops the running version.
     *
     * @param expectedIndex the job modify index that the plan was made against
     */
    record StopJob(String key, String job, long expectedIndex) implements RolloutEffect {}

    /**
     * Registers the rendered job.
     *
     * @param expectedIndex the job modify index that the plan was made against
     */
    record Register(String key, String job, long expectedIndex) implements RolloutEffect {}

    /** Promotes the canaries of a deployment. */
    record PromoteDeployment(String key, String job, String deploymentId)
            implements RolloutEffect {}

    /**
     * Pauses a deployment, or lets it go on.
     *
     * @param paused which of the two
     */
    record PauseDeployment(String key, String job, String deploymentId, boolean paused)
            implements RolloutEffect {}

    /**
     * Runs a periodic or parameterized job once.
     *
     * @param after the job modify index of the registration: what was launched later is its run
     * @param dispatched whether it is dispatched, with meta and payload, or forced
     */
    record RunJob(
            String key,
            String job,
            long after,
            boolean dispatched,
            Map<String, String> meta,
            String payload)
            implements RolloutEffect {
        public RunJob {
            meta = Map.copyOf(meta);
        }
    }

    /**
     * Restarts the tasks of an allocation where it is.
     *
     * @param before how often they had been restarted; more, and it was done
     */
    record RestartAllocation(String key, String job, String allocation, long before)
            implements RolloutEffect {}

    /** Fails a deployment. */
    record FailDeployment(String key, String job, String deploymentId) implements RolloutEffect {}

    /** Names a version of a job after the promotion, so that anybody can see what put it there. */
    record TagVersion(String key, String job, long version, String tag, String description)
            implements RolloutEffect {}
}
