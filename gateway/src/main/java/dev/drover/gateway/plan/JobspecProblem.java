package dev.drover.gateway.plan;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;

/**
 * Which jobspec an error is about.
 *
 * @param index in the release; {@link #ALONE} for one that is not of a release
 */
record JobspecProblem(int index, String job) {

    static final int ALONE = -1;

    String field() {
        return index == ALONE ? "job.jobspec" : "release.jobs[" + index + "].jobspec";
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
