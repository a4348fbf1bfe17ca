package dev.drover.gateway.auth;

/** Finds out who calls. */
public interface Authenticator {
    /**
     * The caller that a bearer token stands for.
     *
     * @param token what stood after {@code Bearer } in the authorization header
     * @throws dev.drover.gateway.error.GatewayException NOT_AUTHENTICATED where the token is
     *     unknown, expired, revoked, or its account is gone or disabled; the message does not tell
     *     which
     */
    Principal authenticate(String token);
}
