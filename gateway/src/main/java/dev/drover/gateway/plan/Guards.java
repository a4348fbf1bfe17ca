package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import java.util.List;

/**
 * The policies that may guard a promotion, and what beside its environment and application they are
 * selected by.
 *
 * @param project of the promotion: its name and labels
 * @param kind of the promotion, as {@code RELEASE}
 */
public record Guards(Project project, String kind, List<Policy> policies) {

    public Guards {
        policies = List.copyOf(policies);
    }

    /** Those that guard promotions of this application to this environment, by name. */
    public Guards of(Environment environment, Application application) {
        return new Guards(
                project,
                kind,
                SelectedPolicies.of(
                        policies,
                        new SelectedPolicies.Target(project, environment, application, kind)));
    }
}
