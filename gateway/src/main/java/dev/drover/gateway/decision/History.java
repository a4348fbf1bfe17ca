package dev.drover.gateway.decision;

import java.util.Collection;
import java.util.Map;

/** What happened to releases before; kept by the promotions. */
public interface History {

    /**
     * A release in some environments.
     *
     * @param release full name
     * @param environments full names
     * @return by environment; one that is missing means that the release never was there
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE
     */
    Map<String, ReleaseHistory> of(String release, Collection<String> environments);

    /**
     * An application in some environments, whichever its release.
     *
     * @param application full name
     * @param environments full names
     * @return by environment; one that is missing means that nothing happened there
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE
     */
    Map<String, PlaceHistory> places(String application, Collection<String> environments);
}
