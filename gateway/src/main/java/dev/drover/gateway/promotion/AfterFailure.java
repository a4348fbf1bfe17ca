package dev.drover.gateway.promotion;

import dev.drover.v1.Strategy;
import java.util.Set;

/**
 * What has to be known to decide what follows a failure.
 *
 * @param declared what the strategies say
 * @param same jobs whose specification was the same before: to go back would change nothing
 */
record AfterFailure(Strategy.OnFailure declared, Set<String> same) {
    /** Before anything failed. */
    static final AfterFailure UNKNOWN =
            new AfterFailure(Strategy.OnFailure.ON_FAILURE_UNSPECIFIED, Set.of());

    AfterFailure {
        same = Set.copyOf(same);
    }
}
