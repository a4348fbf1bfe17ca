package dev.drover.gateway.decision;

import dev.drover.gateway.baseline.Baseline;
import dev.drover.gateway.plan.SelectedPolicies;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why a selector selects nothing: the part that nothing meets. */
final class NothingSelected {

    private static final int TOLD = 5;

    private final PolicySelector selector;
    private final List<Project> projects;
    private final List<Project> selected;
    private final Baseline baseline;

    /**
     * @param projects all of them
     * @param selected those that the selector selects
     */
    NothingSelected(
            PolicySelector selector,
            List<Project> projects,
            List<Project> selected,
            Baseline baseline) {
        this.selector = selector;
        this.projects = projects;
        this.selected = selected;
        this.baseline = baseline;
    }

    String sentence() {
        List<String> reasons = new ArrayList<>();
        List<Project> named =
                projects.stream()
                        .filter(project ->
                                selector.getProjectsCount() == 0
                                        || selector.getProjectsList().contains(project.getName()))
                        .toList();
        labels("project", selector.getProjectLabelsMap(), of(named, Project::getLabelsMap))
                .forEach(reasons::add);
        if (reasons.isEmpty()) {
            labels(
                            "environment",
                            selector.getEnvironmentLabelsMap(),
                            inside(project ->
                                    baseline.environments(project).stream()
                                            .map(one -> one.message().getLabelsMap())))
                    .forEach(reasons::add);
            labels(
                            "application",
                            selector.getApplicationLabelsMap(),
                            inside(project ->
                                    baseline.applications(project).stream()
                                            .map(one -> one.message().getLabelsMap())))
                    .forEach(reasons::add);
        }
        return "the selector selects nothing: "
                + (reasons.isEmpty()
                        ? "no application has a pipeline with an environment that meets all of it"
                        : String.join("; ", reasons));
    }

    private static <M> List<Map<String, String>> of(
            List<M> nouns, Function<M, Map<String, String>> labels) {
        return nouns.stream().map(labels).toList();
    }

    private List<Map<String, String>> inside(Function<String, Stream<Map<String, String>>> labels) {
        return selected.stream().map(Project::getName).flatMap(labels).toList();
    }

    /** Labels that none carries, with the values that there are; or all of them together. */
    private static List<String> labels(
            String noun, Map<String, String> wanted, List<Map<String, String>> there) {
        if (there.stream().anyMatch(labels -> SelectedPolicies.carries(labels, wanted))) {
            return List.of();
        }
        List<String> missing =
                new TreeMap<>(wanted)
                        .entrySet().stream()
                                .filter(label ->
                                        there.stream()
                                                .noneMatch(labels ->
                                                        label.getValue()
                                                                .equals(
                                                                        labels.get(
                                                                                label.getKey()))))
                                .map(label -> missing(noun, label, there))
                                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        return List.of(
                wanted.isEmpty()
                        ? "there is no " + noun
                        : "no " + noun + " carries all of its labels together");
    }

    private static String missing(
            String noun, Map.Entry<String, String> label, List<Map<String, String>> there) {
        String values =
                there.stream()
                        .map(labels -> labels.get(label.getKey()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .limit(TOLD)
                        .collect(Collectors.joining(", "));
        return "no %s has %s = \"%s\"%s"
                .formatted(
                        noun,
                        label.getKey(),
                        label.getValue(),
                        values.isEmpty() ? "" : "; there is " + values);
    }
}
