package dev.drover.gateway.release;

import dev.drover.v1.Application;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.util.Optional;

/**
 * Reads a jobspec while a release is created, so that a slip shows before the first promotion. The
 * promotion reads it again, with the values of its environment.
 */
@FunctionalInterface
public interface JobspecCheck {
    /** Finds nothing: where no cluster can be asked. */
    JobspecCheck NONE = (application, release, job) -> Optional.empty();

    /**
     * What is wrong with a jobspec.
     *
     * @return Nomad's own text with line and column; empty where nothing is wrong, or where no
     *     cluster of the pipeline answers. Source: Nomad {@code POST /v1/jobs/parse}
     */
    Optional<String> problem(Application application, Release release, ReleaseJob job);
}
