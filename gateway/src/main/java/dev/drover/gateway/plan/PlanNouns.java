package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.Release;
import dev.drover.v1.Verification;
import java.util.List;

/**
 * The nouns that a promotion is about, as they were when it was planned.
 *
 * @param cluster the environment's cluster
 * @param guards the policies that guard this promotion; others are dropped
 * @param verifications those that may be measured; see {@link StageVerifications}
 */
public record PlanNouns(
        Release release,
        Environment environment,
        Application application,
        Pipeline pipeline,
        Cluster cluster,
        Guards guards,
        List<Verification> verifications) {

    public PlanNouns {
        guards = guards.of(environment, application);
        verifications = List.copyOf(verifications);
    }

    /** The policies that guard this promotion, by name. */
    public List<Policy> policies() {
        return guards.policies();
    }
}
