package dev.drover.gateway.decision;

import dev.drover.gateway.auth.People;
import java.util.Map;

/**
 * What a decision needs to know of people.
 *
 * @param accounts service accounts as they are now
 * @param editors who changed a policy last, by the policy's name
 */
public record KnownPeople(People accounts, Map<String, String> editors) {
    /** Nothing: where no rule asks for approvals. */
    public static final KnownPeople NONE = new KnownPeople(People.UNKNOWN, Map.of());

    public KnownPeople {
        editors = Map.copyOf(editors);
    }
}
