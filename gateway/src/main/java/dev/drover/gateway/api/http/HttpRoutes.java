package dev.drover.gateway.api.http;

import dev.drover.gateway.api.dispatch.ServedMethods;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the method that a request is for. */
public final class HttpRoutes {
    private final List<HttpRoute> routes;

    /** The ways to call these methods. */
    public HttpRoutes(ServedMethods methods) {
        routes = methods.all().stream().flatMap(method -> HttpRoute.of(method).stream()).toList();
    }

    /** All of them. */
    public List<HttpRoute> all() {
        return routes;
    }

    /**
     * A route and what its path says.
     *
     * @param variables field path to text, still percent-encoded
     */
    record Match(HttpRoute route, Map<String, String> variables) {}

    Optional<Match> find(String verb, String path) {
        return routes.stream()
                .filter(route -> route.verb().equals(verb))
                .flatMap(route ->
                        route.path().match(path).stream()
                                .map(variables -> new Match(route, variables)))
                .findFirst();
    }

    /** The HTTP methods that a path does have; empty where nothing is there. */
    SortedSet<String> verbs(String path) {
        SortedSet<String> verbs = new TreeSet<>();
        for (HttpRoute route : routes) {
            if (route.path().match(path).isPresent()) {
                verbs.add(route.verb());
            }
        }
        return verbs;
    }
}
