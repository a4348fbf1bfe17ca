package dev.drover.provider.resource;

import dev.drover.provider.framework.Function;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The functions {@code provider::drover::NAME}; each is made when it is asked for. */
final class Functions {
    private static final Map<String, Supplier<Function>> BY_NAME =
            Map.of(
                    "cel_check", CelCheck::new,
                    "digest", Digest::new,
                    "next_window", NextWindow::new,
                    "parse_name", ParseName::new,
                    "semver_satisfies", SemverSatisfies::new);

    private Functions() {}

    /** Their names, in order. */
    static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
    }

    static Optional<Function> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).map(Supplier::get);
    }
}
