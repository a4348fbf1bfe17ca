package dev.drover.gateway.baseline;

import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Project;
import java.util.List;

/** The declarative nouns of Drover. */
public final class BaselineKinds {
    private BaselineKinds() {}

    /** All of them; the kinds of other features are added to these. */
    public static List<Kind<?>> of(SensitiveVariables sensitive) {
        return List.of(
                Kind.of(Project.getDefaultInstance(), new AnyNoun<>()),
                Kind.of(Cluster.getDefaultInstance(), new AnyNoun<>()),
                Kind.of(Environment.getDefaultInstance(), new EnvironmentHooks(sensitive)));
    }
}
