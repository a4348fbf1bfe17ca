package dev.drover.gateway.nomad;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a refusal of Nomad means. Nomad answers most refusals with status 500 and bare text, so the
 * text decides; the texts are those of Nomad 1.11, held against a running one by the contract
 * suite.
 */
final class NomadErrors {

    /** How far a failed write may have got. */
    enum Effect {
        /** Nomad has decided; asking again gives the same answer. */
        REFUSED,
        /** Certainly not carried out, worth another try. */
        NOT_DONE,
        /** May have been carried out. */
        UNCERTAIN
    }

    private record Rule(Predicate<String> matches, Reason reason) {
        static Rule text(String pattern, Reason reason) {
            return new Rule(Pattern.compile(pattern).asPredicate(), reason);
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    Rule.text("ACL token not found", Reason.NOMAD_PERMISSION_DENIED),
                    Rule.text("^Permission denied", Reason.NOMAD_PERMISSION_DENIED),
                    Rule.text("^Enforcing job modify index \\d+: ", Reason.NOMAD_CONFLICT),
                    Rule.text("^tag \".*\" already exists on a different", Reason.NOMAD_CONFLICT),
                    Rule.text("is in nonexistent namespace", Reason.NAMESPACE_NOT_FOUND),
                    Rule.text("has \\d+/\\d+ healthy allocations", Reason.NOMAD_CANARY_UNHEALTHY),
                    Rule.text("^can't \\w+ terminal deployment", Reason.NOMAD_DEPLOYMENT_ENDED),
                    Rule.text("^(Failed to parse job: |Job spec is empty)", Reason.JOBSPEC_INVALID),
                    Rule.text(
                            "^(deployment|(parameterized )?job|alloc|eval) not found$",
                            Reason.NOMAD_NOT_FOUND),
                    Rule.text("^job \".*\" (version \\d+ )?not found$", Reason.NOMAD_NOT_FOUND));

    /**
     * A server that could not pass the request on to the leader, or a leader that is not one yet.
     */
    private static final Pattern NOT_DONE =
            Pattern.compile(
                    "^(No cluster leader|Not ready to serve consistent reads|failed to get conn: |"
                            + "node is not the leader|timed out enqueuing operation)");

    /**
     * The connection inside Nomad broke while the leader was at work; or a page, where Nomad sends
     * bare text: something in between answered in its place.
     */
    private static final Pattern UNCERTAIN =
            Pattern.compile(
                    "^(<[\\s\\S]*|EOF|unexpected EOF|session shutdown|stream closed|leadership lost while committing log|"
                            + "(read|write) (tcp|unix) .*|.*(i/o timeout|connection reset by peer|broken pipe))$");

    private NomadErrors() {}

    static Effect effect(Reply reply) {
        String text = NomadText.withoutHops(reply.body());
        return switch (reply.status()) {
            case 429 -> Effect.NOT_DONE;
            case 502, 503, 504 -> Effect.UNCERTAIN;
            case 500 ->
                    NOT_DONE.matcher(text).find()
                            ? Effect.NOT_DONE
                            : UNCERTAIN.matcher(text).find() ? Effect.UNCERTAIN : Effect.REFUSED;
            default -> Effect.REFUSED;
        };
    }

    /**
     * The refusal as the engine and the user see it.
     *
     * @param what the call's object for the message: {@code plan job "web" in namespace "prod"}
     */
    static GatewayException refusal(String cluster, String what, Reply reply) {
        String text = NomadText.withoutHops(reply.body());
        Reason reason =
                RULES.stream()
                        .filter(rule -> rule.matches().test(text))
                        .findFirst()
                        .map(Rule::reason)
                        .orElseGet(() -> byStatus(reply.status()));
        return new GatewayException(
                reason,
                message(reason, cluster, what, text),
                ErrorDetails.NONE.with("cluster", cluster));
    }

    static GatewayException unreachable(
            String cluster, String what, String problem, boolean ambiguous) {
        String message =
                cluster
                        + " was asked to "
                        + what
                        + " and did not answer: "
                        + problem
                        + (ambiguous ? "; Nomad may have carried it out all the same" : "");
        return new GatewayException(
                Reason.NOMAD_UNREACHABLE,
                message,
                ErrorDetails.NONE
                        .with("cluster", cluster)
                        .with("ambiguous", Boolean.toString(ambiguous)));
    }

    private static Reason byStatus(int status) {
        return switch (status) {
            case 401, 403 -> Reason.NOMAD_PERMISSION_DENIED;
            case 404 -> Reason.NOMAD_NOT_FOUND;
            default -> Reason.NOMAD_REJECTED;
        };
    }

    private static String message(Reason reason, String cluster, String what, String text) {
        String said = reason == Reason.JOBSPEC_INVALID ? text : NomadText.oneLine(text);
        String advice =
                switch (reason) {
                    case NOMAD_PERMISSION_DENIED ->
                            "; check the cluster's token and its rights there";
                    case NAMESPACE_NOT_FOUND ->
                            "; create it in Nomad (nomad namespace apply), or correct the environment's namespace";
                    default -> "";
                };
        return cluster + " refused to " + what + ": " + said + advice;
    }
}
