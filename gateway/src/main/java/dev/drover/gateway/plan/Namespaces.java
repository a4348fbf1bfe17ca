package dev.drover.gateway.plan;

import dev.drover.v1.Environment;

/** The Nomad namespace of environments. */
public final class Namespaces {

    private Namespaces() {}

    /** The namespace that the environment names, else Nomad's {@code default}. */
    public static String of(Environment environment) {
        return environment.getNamespace().isEmpty() ? "default" : environment.getNamespace();
    }
}
