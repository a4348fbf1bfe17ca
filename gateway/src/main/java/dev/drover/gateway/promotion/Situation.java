package dev.drover.gateway.promotion;

import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.time.Instant;

/**
 * Everything that a decision about a promotion may depend on, beside what was observed.
 *
 * @param mode how the lane is ordered, as the environment declares it now
 * @param rollbackName a free name for a rollback of this promotion
 */
record Situation(
        Promotion promotion,
        Notes notes,
        Lane lane,
        LaneMode mode,
        String rollbackName,
        EngineLimits limits,
        Instant now) {}
