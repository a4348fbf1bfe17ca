package dev.drover.gateway.cluster;

import java.time.Duration;
import java.util.List;

/**
 * What becomes of one hint: handed out once after each of these delays.
 *
 * @param deliveries empty = lost, several = repeated
 */
public record HintFault(List<Duration> deliveries) {

    /** Handed out once, five milliseconds later. */
    public static final HintFault NONE = new HintFault(List.of(Duration.ofMillis(5)));

    /** Never handed out. */
    public static final HintFault LOST = new HintFault(List.of());

    public HintFault {
        deliveries = List.copyOf(deliveries);
    }
}
