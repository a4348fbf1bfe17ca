package dev.drover.gateway.api.dispatch;

import dev.drover.gateway.auth.Authenticator;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AccessLevel;
import java.util.Locale;

/** The one place that decides who calls and whether the caller may. */
public final class Access {
    private static final String SCHEME = "bearer ";

    private final Authenticator authenticator;

    /** Asks this authenticator. */
    public Access(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** Who calls. @throws GatewayException NOT_AUTHENTICATED without a valid token */
    public Principal caller(Inbound inbound) {
        String header = inbound.authorization().orElse("").strip();
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new GatewayException(
                    Reason.NOT_AUTHENTICATED,
                    "a token is needed: send it as `authorization: Bearer TOKEN`");
        }
        return authenticator.authenticate(header.substring(SCHEME.length()).strip());
    }

    /**
     * Refuses a caller that may not do this. Says nothing about what exists: it is asked before the
     * request is even read.
     */
    public void require(Principal caller, AccessLevel needed, String what) {
        if (!caller.may(needed)) {
            throw new GatewayException(
                    Reason.PERMISSION_DENIED,
                    "%s has access level %s; %s needs %s"
                            .formatted(caller.account(), caller.level(), what, needed),
                    ErrorDetails.NONE
                            .with("method", what)
                            .with("neededLevel", needed.name())
                            .with("level", caller.level().name()));
        }
    }
}
