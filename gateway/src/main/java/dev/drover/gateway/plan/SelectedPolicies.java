package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which policies guard promotions of one application to one environment. */
public final class SelectedPolicies {

    private SelectedPolicies() {}

    /** Those that guard it, by name. */
    public static List<Policy> of(
            List<Policy> policies, Environment environment, Application application) {
        return policies.stream()
                .filter(policy -> selects(policy.getSelector(), environment, application))
                .sorted(Comparator.comparing(Policy::getName))
                .toList();
    }

    private static boolean selects(
            PolicySelector selector, Environment environment, Application application) {
        return (selector.getProjectsCount() == 0
                        || selector.getProjectsList().contains(project(application.getName())))
                && contains(environment.getLabelsMap(), selector.getEnvironmentLabelsMap())
                && contains(application.getLabelsMap(), selector.getApplicationLabelsMap());
    }

    private static boolean contains(Map<String, String> labels, Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    private static String project(String name) {
        String[] parts = name.split("/", 3);
        return parts.length < 2 ? name : parts[0] + "/" + parts[1];
    }
}
