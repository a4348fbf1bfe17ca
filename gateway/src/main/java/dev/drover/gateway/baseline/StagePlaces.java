package dev.drover.gateway.baseline;

import dev.drover.v1.Environment;
import dev.drover.v1.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds environments of one pipeline that are the same namespace of the same cluster: a promotion
 * to one of them would overwrite the jobs of the other. An environment's place never changes, so
 * that it is enough to look whenever the stages do.
 */
final class StagePlaces {
    private static final String UNNAMED = "default";

    private record Place(String cluster, String namespace) {}

    private StagePlaces() {}

    static void check(List<Stage> stages, Lookup lookup, Problems problems) {
        Map<Place, String> taken = new HashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            for (int j = 0; j < stages.get(i).getEnvironmentsCount(); j++) {
                String path = "stages[" + i + "].environments[" + j + "]";
                // One that does not exist is told as a reference.
                lookup.find(Environment.class, stages.get(i).getEnvironments(j))
                        .ifPresent(found -> check(found.message(), path, taken, problems));
            }
        }
    }

    private static void check(
            Environment environment, String path, Map<Place, String> taken, Problems problems) {
        String namespace =
                environment.getNamespace().isEmpty() ? UNNAMED : environment.getNamespace();
        String first =
                taken.putIfAbsent(
                        new Place(environment.getCluster(), namespace), environment.getName());
        if (first != null && !first.equals(environment.getName())) {
            problems.add(
                    path,
                    "'%s' deploys to namespace \"%s\" of %s, as '%s' does: promoting to one would overwrite the other; give one of them a namespace of its own"
                            .formatted(
                                    environment.getName(),
                                    namespace,
                                    environment.getCluster(),
                                    first));
        }
    }
}
