package dev.drover.gateway.decision;

import dev.drover.v1.Plan;
import dev.drover.v1.TaskFacts;
import java.util.List;
import java.util.Set;

/** The images of a plan's tasks. */
public final class PlannedImages {

    /** Drivers whose tasks run a program of the machine or an archive, not an image. */
    private static final Set<String> WITHOUT_IMAGES =
            Set.of("raw_exec", "exec", "exec2", "java", "qemu", "mock_driver");

    private PlannedImages() {}

    /** References as the jobspecs have them, one for each task that has an image. */
    public static List<String> of(Plan plan) {
        return plan.getJobsList().stream()
                .flatMap(job -> job.getTasksList().stream())
                .filter(task -> !WITHOUT_IMAGES.contains(task.getDriver()))
                .map(TaskFacts::getImage)
                .filter(image -> !image.isEmpty())
                .toList();
    }
}
