package dev.drover.gateway.plan;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.List;

/**
 * All that a job has and may not have in its environment.
 *
 * @param lines path in the job, then what is wrong with it
 */
record Offences(String job, List<String> lines) {

    /**
     * Refuses where there are any, telling all at once.
     *
     * @throws GatewayException FORBIDDEN_BY_BASELINE
     */
    static void refuse(List<Offences> all, String environment) {
        List<PreconditionViolation> violations =
                all.stream()
                        .flatMap(job ->
                                job.lines().stream()
                                        .map(line ->
                                                new PreconditionViolation(
                                                        "JOB_BASELINE",
                                                        environment,
                                                        "job \"" + job.job() + "\" > " + line)))
                        .toList();
        if (violations.isEmpty()) {
            return;
        }
        String text =
                String.join(
                        "; ", violations.stream().map(PreconditionViolation::description).toList());
        throw new GatewayException(
                Reason.FORBIDDEN_BY_BASELINE,
                "forbidden by the job baseline of " + environment + ": " + text,
                ErrorDetails.preconditions(violations).with("environment", environment));
    }
}
