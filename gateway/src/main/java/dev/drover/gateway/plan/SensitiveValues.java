package dev.drover.gateway.plan;

import dev.drover.gateway.baseline.SensitiveVariables;
import java.util.List;

/**
 * Where the sensitive variables of environments are found; the values never leave the gateway but
 * for Nomad.
 */
@FunctionalInterface
public interface SensitiveValues {

    /** Those that the baseline keeps. */
    static SensitiveValues kept(SensitiveVariables variables) {
        return environment -> {
            SensitiveVariables.Values values = variables.of(environment);
            return new Secrets(values.current(), List.copyOf(values.former()));
        };
    }

    /**
     * Values of the environment's sensitive variables.
     *
     * @param environment full name
     * @return {@link Secrets#NONE} where it has none, also where it does not exist
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE; INTERNAL where a value
     *     cannot be decrypted
     */
    Secrets of(String environment);
}
