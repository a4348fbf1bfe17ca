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
 * @param policies those that guard this promotion; others are dropped
 * @param verifications those that may be measured; see {@link StageVerifications}
 */
public record PlanNouns(
        Release release,
        Environment environment,
        Application application,
        Pipeline pipeline,
        Cluster cluster,
        List<Policy> policies,
        List<Verification> verifications) {

    public PlanNouns {
        policies = SelectedPolicies.of(policies, environment, application);
        verifications = List.copyOf(verifications);
    }
}
