package dev.drover.gateway.decision;

import dev.drover.v1.Calendar;
import java.util.List;

/** The calendars that window rules name. */
@FunctionalInterface
public interface Calendars {

    /**
     * Those with these names, in that order.
     *
     * @param names full names
     * @throws dev.drover.gateway.error.GatewayException NOT_FOUND, STORE_UNAVAILABLE
     */
    List<Calendar> named(List<String> names);
}
