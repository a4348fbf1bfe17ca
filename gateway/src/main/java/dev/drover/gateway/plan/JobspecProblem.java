package dev.drover.gateway.plan;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/** Which jobspec of a release an error is about. */
record JobspecProblem(int index, String job) {

    String field() {
        return "release.jobs[" + index + "].jobspec";
    }

    GatewayException invalid(String why) {
        return invalid(why, ErrorDetails.NONE);
    }

    /** The same refusal, told of this jobspec. */
    GatewayException invalid(String why, ErrorDetails details) {
        ErrorDetails field = ErrorDetails.field(field(), why).with("job", job);
        for (var value : details.metadata().entrySet()) {
            field = field.with(value.getKey(), value.getValue());
        }
        return new GatewayException(
                Reason.JOBSPEC_INVALID, "job \"" + job + "\" (" + field() + "): " + why, field);
    }
}
