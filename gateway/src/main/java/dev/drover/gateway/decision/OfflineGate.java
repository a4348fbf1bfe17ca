package dev.drover.gateway.decision;

import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Calendar;
import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The gate for those who write policies and have no gateway: judges an input that somebody made up,
 * by the code that judges promotions.
 */
public final class OfflineGate {

    private final Gate gate = new Gate(new NoHistory(), OfflineGate::calendars);

    /**
     * What the rules say of an input.
     *
     * @param input with all calendars that the policies name
     * @param policies of which those judge that select the input
     * @throws GatewayException NOT_FOUND where a calendar is missing
     */
    public Decision decide(DecisionInput input, List<Policy> policies) {
        return gate.decide(input, policies);
    }

    private static List<Calendar> calendars(List<String> names) {
        throw GatewayException.notFound("drover.dev/Calendar", names.getFirst());
    }

    /** The input has it all. */
    private static final class NoHistory implements History {
        @Override
        public Map<String, ReleaseHistory> of(String release, Collection<String> environments) {
            return Map.of();
        }

        @Override
        public Map<String, PlaceHistory> places(
                String application, Collection<String> environments) {
            return Map.of();
        }
    }
}
