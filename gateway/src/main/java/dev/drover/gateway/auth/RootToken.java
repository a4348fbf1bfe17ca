package dev.drover.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token of {@code root}: for development mode, and to set a gateway up. */
public final class RootToken {
    private final byte[] secret;

    /** The token with this secret, never empty. */
    public RootToken(String secret) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the root token is empty");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether this is it; takes the same time whatever is different. */
    boolean is(String token) {
        return MessageDigest.isEqual(secret, token.getBytes(StandardCharsets.UTF_8));
    }
}
