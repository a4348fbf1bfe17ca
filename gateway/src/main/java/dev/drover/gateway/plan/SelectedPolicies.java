package dev.drover.gateway.plan;

import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Project;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which policies guard promotions of one kind, of one application to one environment. */
public final class SelectedPolicies {

    private SelectedPolicies() {}

    /**
     * What selectors look at.
     *
     * @param kind of promotion, as {@code RELEASE}; empty: whichever
     */
    public record Target(
            Project project, Environment environment, Application application, String kind) {}

    /** Those that guard it, by name. */
    public static List<Policy> of(List<Policy> policies, Target target) {
        return policies.stream()
                .filter(policy -> selects(policy.getSelector(), target))
                .sorted(Comparator.comparing(Policy::getName))
                .toList();
    }

    /** Whether a selector selects it. */
    public static boolean selects(PolicySelector selector, Target target) {
        return selects(selector, target.project())
                && carries(target.environment().getLabelsMap(), selector.getEnvironmentLabelsMap())
                && carries(target.application().getLabelsMap(), selector.getApplicationLabelsMap())
                && selects(selector, target.kind());
    }

    /** Whether a selector selects anything of a project. */
    public static boolean selects(PolicySelector selector, Project project) {
        return (selector.getProjectsCount() == 0
                        || selector.getProjectsList().contains(project.getName()))
                && carries(project.getLabelsMap(), selector.getProjectLabelsMap());
    }

    /** Whether a selector selects promotions of a kind; empty: whichever. */
    public static boolean selects(PolicySelector selector, String kind) {
        return kind.isEmpty()
                || selector.getKindsCount() == 0
                || selector.getKindsList().contains(kind);
    }

    /** Whether labels have all that are wanted. */
    public static boolean carries(Map<String, String> labels, Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
