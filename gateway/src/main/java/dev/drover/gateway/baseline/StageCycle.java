package dev.drover.gateway.baseline;

import dev.drover.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds stages that follow one another in a circle. */
final class StageCycle {
    private final Map<String, Stage> stages = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<String> path = new ArrayList<>();

    private StageCycle(List<Stage> stages) {
        stages.forEach(stage -> this.stages.putIfAbsent(stage.getId(), stage));
    }

    /** The first circle: its ids in the order of promotion, the first one again at the end. */
    static Optional<List<String>> in(List<Stage> stages) {
        StageCycle search = new StageCycle(stages);
        return stages.stream().flatMap(stage -> search.from(stage.getId()).stream()).findFirst();
    }

    private Optional<List<String>> from(String id) {
        int start = path.indexOf(id);
        if (start >= 0) {
            List<String> cycle = new ArrayList<>(path.subList(start, path.size()));
            cycle.add(id);
            return Optional.of(cycle.reversed());
        }
        Stage stage = stages.get(id);
        if (stage == null || done.contains(id)) {
            return Optional.empty();
        }
        path.add(id);
        Optional<List<String>> found =
                stage.getAfterList().stream().flatMap(each -> from(each).stream()).findFirst();
        path.removeLast();
        done.add(id);
        return found;
    }
}
