package dev.drover.gateway.auth;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.Optional;

/** Knows callers by the root token and by tokens of service accounts. */
public final class TokenAuthenticator implements Authenticator {
    private final Optional<RootToken> root;
    private final ServiceAccountTokens tokens;

    /** Knows these; the root token only where the app gives one. */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public TokenAuthenticator(ServiceAccountTokens tokens, Optional<RootToken> root) {
        this.root = root;
        this.tokens = tokens;
    }

    @Override
    public Principal authenticate(String token) {
        if (root.isPresent() && root.get().is(token)) {
            return Principal.ROOT;
        }
        return tokens.holder(token).orElseThrow(TokenAuthenticator::refusal);
    }

    // One text for every cause: whoever tries tokens learns nothing.
    private static GatewayException refusal() {
        return new GatewayException(
                Reason.NOT_AUTHENTICATED,
                "the token is not valid; send Authorization: Bearer and a token of a service"
                        + " account that is enabled");
    }
}
