package dev.drover.gateway.promotion;

import dev.drover.gateway.plan.PlanNouns;

/** Reads the nouns that a promotion is about. */
public interface NounReader {
    /**
     * All of them as they are now.
     *
     * @throws dev.drover.gateway.error.GatewayException NOT_FOUND, naming what is missing
     */
    PlanNouns of(String release, String environment);
}
