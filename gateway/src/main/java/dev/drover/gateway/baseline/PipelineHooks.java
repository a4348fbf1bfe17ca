package dev.drover.gateway.baseline;

import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is special about pipelines: their stages are a graph without cycles, over places that
 * differ.
 */
final class PipelineHooks implements Hooks<Pipeline> {
    @Override
    public void validate(Draft<Pipeline> draft, Lookup lookup, Problems problems) {
        List<Stage> stages = draft.message().getStagesList();
        Map<String, Integer> places = new HashMap<>();
        Map<String, String> environments = new HashMap<>();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            Integer first = places.putIfAbsent(stage.getId(), i);
            if (first != null) {
                problems.add(
                        "stages[" + i + "].id",
                        "'" + stage.getId() + "' is the id of stages[" + first + "] already");
            }
            environments(stage, i, environments, problems);
        }
        after(stages, places, problems);
        StagePlaces.check(stages, lookup, problems);
        StageCycle.in(stages)
                .ifPresent(cycle ->
                        problems.add(
                                Reason.PIPELINE_CYCLE,
                                "stages[" + places.get(cycle.getFirst()) + "].after",
                                "stages follow one another in a circle: "
                                        + String.join(" -> ", cycle)
                                        + "; remove one of these links"));
        draft.previous().ifPresent(before -> stillNeeded(before, places, lookup, problems));
    }

    private static void environments(
            Stage stage, int i, Map<String, String> seen, Problems problems) {
        for (int j = 0; j < stage.getEnvironmentsCount(); j++) {
            String path = "stages[" + i + "].environments[" + j + "]";
            String environment = stage.getEnvironments(j);
            String first = seen.putIfAbsent(environment, path);
            if (first != null) {
                problems.add(
                        path,
                        "'"
                                + environment
                                + "' is at "
                                + first
                                + " already; an environment is in one stage only");
            }
        }
    }

    private static void after(List<Stage> stages, Map<String, Integer> places, Problems problems) {
        for (int i = 0; i < stages.size(); i++) {
            Set<String> seen = new HashSet<>();
            for (int j = 0; j < stages.get(i).getAfterCount(); j++) {
                String path = "stages[" + i + "].after[" + j + "]";
                String id = stages.get(i).getAfter(j);
                if (!places.containsKey(id)) {
                    problems.add(
                            path,
                            "there is no stage '"
                                    + id
                                    + "'; the stages are "
                                    + String.join(", ", ids(stages)));
                } else if (!seen.add(id)) {
                    problems.add(path, "'" + id + "' is named twice");
                }
            }
        }
    }

    private static List<String> ids(List<Stage> stages) {
        return stages.stream().map(Stage::getId).toList();
    }

    // A strategy for a stage that is gone would silently apply to nothing.
    private static void stillNeeded(
            Pipeline before, Map<String, Integer> places, Lookup lookup, Problems problems) {
        List<String> gone = new ArrayList<>(ids(before.getStagesList()));
        gone.removeAll(places.keySet());
        if (gone.isEmpty()) {
            return;
        }
        String project = ResourcePattern.parentOf(before.getName());
        for (var application : lookup.list(Application.class, project + "/")) {
            for (String stage : gone) {
                if (application.message().getPipeline().equals(before.getName())
                        && application.message().containsStageStrategies(stage)) {
                    problems.add(
                            "stages",
                            "stage '"
                                    + stage
                                    + "' cannot be removed while "
                                    + application.message().getName()
                                    + " has a strategy for it in stage_strategies");
                }
            }
        }
    }
}
