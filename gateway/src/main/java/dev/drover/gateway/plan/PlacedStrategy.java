package dev.drover.gateway.plan;

import dev.drover.v1.Strategy;

/**
 * A strategy and where it is declared.
 *
 * @param place field and noun, as in {@code stages[1].strategy of projects/shop/pipelines/main};
 *     empty where nothing is declared
 */
record PlacedStrategy(Strategy strategy, String place) {

    /** For a sentence that tells what the strategy wants; empty where nothing is declared. */
    String declared() {
        return place.isEmpty() ? "" : " (" + place + ")";
    }
}
