package dev.drover.gateway.baseline;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.FieldViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Collects everything that is wrong with a request, so that one answer tells all of it. */
public final class Problems {
    private static final int MAX_TOLD = 50;

    private record Problem(Reason reason, FieldViolation violation) {}

    private final String prefix;
    private final List<Problem> problems = new ArrayList<>();

    /** Collects problems of the noun in this field of the request. */
    public Problems(String noun) {
        this.prefix = noun;
    }

    /** A wrong field, by its path in the noun. */
    public void add(String path, String what) {
        add(Reason.INVALID_FIELD, path, what);
    }

    /** A wrong field, by its path in the noun, for a reason of its own. */
    public void add(Reason reason, String path, String what) {
        String full = path.equals("parent") ? path : prefix + "." + path;
        problems.add(new Problem(reason, new FieldViolation(full, what)));
    }

    /** Whether nothing is wrong so far. */
    public boolean none() {
        return problems.isEmpty();
    }

    /** Throws where anything is wrong; with its own reason where all problems share it. */
    public void refuse() {
        if (problems.isEmpty()) {
            return;
        }
        List<FieldViolation> told =
                problems.stream().limit(MAX_TOLD).map(Problem::violation).toList();
        Reason reason =
                problems.stream().map(Problem::reason).distinct().count() == 1
                        ? problems.getFirst().reason()
                        : Reason.INVALID_FIELD;
        throw new GatewayException(
                reason,
                told.stream()
                        .map(each -> each.field() + ": " + each.description())
                        .collect(Collectors.joining("; ")),
                ErrorDetails.fields(told));
    }
}
