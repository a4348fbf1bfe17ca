package dev.drover.policy;

import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.PolicyInput;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Puts the maps of an input in the order of their keys: an input that was stored and read again
 * comes with another order, and must have the same outcome and explanation all the same.
 */
final class CanonicalInput {

    private CanonicalInput() {}

    /** The input itself where its maps are in order. */
    static PolicyInput of(PolicyInput input) {
        if (isSorted(input.getRelease().getLabelsMap())
                && isSorted(input.getRelease().getAnnotationsMap())
                && isSorted(input.getApplication().getLabelsMap())
                && isSorted(input.getEnvironment().getLabelsMap())
                && isSorted(input.getHistory().getEnvironmentsMap())
                && input.getHistory().getEnvironmentsMap().values().stream()
                        .allMatch(one -> isSorted(one.getVerificationsMap()))) {
            return input;
        }
        PolicyInput.Builder sorted = input.toBuilder();
        sorted.getReleaseBuilder()
                .clearLabels()
                .putAllLabels(sorted(input.getRelease().getLabelsMap()))
                .clearAnnotations()
                .putAllAnnotations(sorted(input.getRelease().getAnnotationsMap()));
        sorted.getApplicationBuilder()
                .clearLabels()
                .putAllLabels(sorted(input.getApplication().getLabelsMap()));
        sorted.getEnvironmentBuilder()
                .clearLabels()
                .putAllLabels(sorted(input.getEnvironment().getLabelsMap()));
        sorted.getHistoryBuilder()
                .clearEnvironments()
                .putAllEnvironments(environments(input.getHistory().getEnvironmentsMap()));
        return sorted.build();
    }

    private static SequencedMap<String, EnvironmentHistory> environments(
            Map<String, EnvironmentHistory> environments) {
        SequencedMap<String, EnvironmentHistory> sorted = sorted(environments);
        sorted.replaceAll((id, one) ->
                one.toBuilder()
                        .clearVerifications()
                        .putAllVerifications(sorted(one.getVerificationsMap()))
                        .build());
        return sorted;
    }

    private static <V> SequencedMap<String, V> sorted(Map<String, V> map) {
        return new TreeMap<>(map);
    }

    private static boolean isSorted(Map<String, ?> map) {
        String last = "";
        for (String key : map.keySet()) {
            if (key.compareTo(last) < 0) {
                return false;
            }
            last = key;
        }
        return true;
    }
}
