package dev.drover.gateway.plan;

/**
 * Where the sensitive variables of environments are found; the values never leave the gateway but
 * for Nomad.
 */
public interface SensitiveValues {

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
