package dev.drover.gateway.auth;

import dev.drover.v1.AccessLevel;
import java.util.Set;

/**
 * Who calls.
 *
 * @param account {@code serviceAccounts/{account}}, {@code root} for the root token, or {@code
 *     drover} for the gateway
 * @param groups names of the groups that the account is in
 * @param level what it may do
 */
public record Principal(String account, Set<String> groups, AccessLevel level) {
    /** The gateway itself: automatic rollbacks and the like. */
    public static final Principal DROVER = new Principal("drover", Set.of(), AccessLevel.ADMIN);

    /** The holder of the root token. */
    public static final Principal ROOT = new Principal("root", Set.of(), AccessLevel.ADMIN);

    public Principal {
        groups = Set.copyOf(groups);
    }

    /** Whether the caller may do what needs this level; levels include one another upwards. */
    public boolean may(AccessLevel needed) {
        return needed != AccessLevel.ACCESS_LEVEL_UNSPECIFIED
                && level.getNumber() >= needed.getNumber();
    }
}
