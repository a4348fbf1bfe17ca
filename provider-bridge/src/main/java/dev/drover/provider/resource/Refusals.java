package dev.drover.provider.resource;

import com.google.rpc.BadRequest;
import com.google.rpc.PreconditionFailure;
import dev.drover.provider.framework.AttributePath;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.Schema;
import java.security.GeneralSecurityException;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * Refusals of the gateway as diagnostics: at the attribute that they are about, where there is one.
 */
final class Refusals {
    private final Function<String, AttributePath> paths;
    private final AttributePath named;
    private final Gateway gateway;

    Refusals(Noun noun, Gateway gateway) {
        this(path -> Paths.attribute(noun, path), AttributePath.of("name"), gateway);
    }

    /** Of a call whose fields are attributes of the same names. */
    Refusals(Schema schema, Gateway gateway) {
        this(path -> Paths.attribute(schema, path), AttributePath.ROOT, gateway);
    }

    private Refusals(Function<String, AttributePath> paths, AttributePath named, Gateway gateway) {
        this.paths = paths;
        this.named = named;
        this.gateway = gateway;
    }

    /**
     * Adds what the gateway said.
     *
     * @param what was asked for, for example {@code create policies/prod}
     */
    void report(RefusedException refused, String what, Call call) {
        report(refused, what, call, field -> false);
    }

    /**
     * The same without what is excused.
     *
     * @param excused takes the path of a field in the request
     */
    void report(RefusedException refused, String what, Call call, Predicate<String> excused) {
        if (refused.fields().isEmpty()) {
            Diagnostic told = Diagnostic.error("Cannot " + what, detail(refused));
            boolean aboutIt = refused.is("ALREADY_EXISTS") || refused.is("NOT_FOUND");
            call.diagnostics().add(aboutIt ? told.at(named) : told);
        }
        for (BadRequest.FieldViolation violation : refused.fields()) {
            if (!excused.test(violation.getField())) {
                AttributePath path = paths.apply(violation.getField());
                String where = path.isRoot() ? violation.getField() : path.toString();
                call.diagnostics()
                        .add(
                                Diagnostic.error(
                                                "Cannot " + what,
                                                where + ": " + violation.getDescription())
                                        .at(path));
            }
        }
    }

    /** What is refused now and may not be any more when it is applied. */
    void warn(RefusedException refused, String what, Call call) {
        for (BadRequest.FieldViolation violation : refused.fields()) {
            AttributePath path = paths.apply(violation.getField());
            String where = path.isRoot() ? violation.getField() : path.toString();
            call.diagnostics()
                    .add(
                            Diagnostic.warning(what, where + ": " + violation.getDescription())
                                    .at(path));
        }
    }

    private String detail(RefusedException refused) {
        if (!refused.isTold()) {
            return silence(refused);
        }
        StringBuilder detail = new StringBuilder(refused.text());
        for (PreconditionFailure.Violation violation : refused.preconditions()) {
            detail.append("\n  - ").append(violation.getSubject());
            detail.append(": ").append(violation.getDescription());
        }
        switch (refused.reason()) {
            case "ETAG_MISMATCH" ->
                    detail.append(
                            "\n\nIt was changed by somebody else since this plan was made. Run plan again to see"
                                    + " what is different now; \"drover audit list\" tells who changed it.");
            case "NOT_AUTHENTICATED" ->
                    detail.append("\n\nSet the provider's token, or DROVER_TOKEN.");
            case "METHOD_NOT_FOUND", "UNKNOWN_FIELD" ->
                    detail.append(
                            "\n\nThe gateway is older than this provider. Upgrade the gateway, or use the"
                                    + " provider of its version.");
            default -> {}
        }
        return detail
                + "\n("
                + refused.reason()
                + " from the gateway at "
                + gateway.address()
                + ")";
    }

    /** Nobody answered, or not in the way of a gateway. */
    private String silence(RefusedException refused) {
        String address = gateway.address();
        Throwable root = root(refused);
        String said = root.getMessage() == null ? refused.text() : root.getMessage();
        return switch (refused.code()) {
            case UNAVAILABLE ->
                    root instanceof SSLException || root instanceof GeneralSecurityException
                            ? "The gateway at "
                                    + address
                                    + " cannot be trusted: "
                                    + said
                                    + ". Name the certificate of the authority that signed its own in the"
                                    + " provider's ca_cert, or in DROVER_CACERT."
                            : "No gateway answers at "
                                    + address
                                    + " ("
                                    + said
                                    + "). Is it running, and is the provider's address (DROVER_ADDR) right?";
            case DEADLINE_EXCEEDED -> "The gateway at " + address + " did not answer in time.";
            case CANCELLED -> "The call to the gateway at " + address + " was cancelled.";
            default ->
                    "What answers at "
                            + address
                            + " does not speak as a gateway does ("
                            + refused.code()
                            + (said.isEmpty() ? "" : ": " + said)
                            + "). Is the provider's address (DROVER_ADDR) right, http or https too?";
        };
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
