package dev.drover.gateway.promotion;

import dev.drover.gateway.cluster.RunningJob;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Plan;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What Nomad has of a promotion's jobs that this gateway did not bring there: told in the plan. */
final class Surprises {
    private static final String OUR_TAG = "drover-";
    private static final String UNKNOWN =
            "a promotion put it there that this store does not know; was it restored from a backup?";

    private Surprises() {}

    /**
     * The plan with a warning for each job that runs in another version than Drover brought last.
     *
     * @param jobs a job as Nomad has it now
     */
    static Observation.Planned told(
            Observation.Planned planned, Lane lane, Function<String, Optional<RunningJob>> jobs) {
        Plan.Builder plan = planned.plan().toBuilder();
        for (JobPlan.Builder job : plan.getJobsBuilderList()) {
            Optional<Long> known =
                    Optional.ofNullable(lane.versions().get(job.getJob()))
                            .filter(version -> lane.intact());
            known.flatMap(version ->
                            jobs.apply(job.getJob()).flatMap(now -> surprise(now, version)))
                    .ifPresent(told -> job.setWarnings(joined(job.getWarnings(), told)));
        }
        return new Observation.Planned(plan.build(), planned.rendering(), planned.judgement());
    }

    /** The plan with a step that says which jobs are not brought back. */
    static Observation.Planned left(Observation.Planned planned, Set<String> theirs) {
        return theirs.isEmpty()
                ? planned
                : new Observation.Planned(
                        planned.plan().toBuilder()
                                .addSteps(
                                        "leave as somebody else made them since: "
                                                + String.join(", ", theirs))
                                .build(),
                        planned.rendering(),
                        planned.judgement());
    }

    private static Optional<String> surprise(RunningJob now, long known) {
        String tag = now.spec().path("VersionTag").path("Name").asText("");
        boolean ours = tag.startsWith(OUR_TAG);
        if (known == now.version()) {
            return Optional.empty();
        }
        return Optional.of(
                "Nomad has version "
                        + now.version()
                        + (tag.isEmpty() ? "" : " (" + tag + ")")
                        + ", the last that this gateway brought is version "
                        + known
                        + ": "
                        + (ours ? UNKNOWN : "somebody else changed the job since"));
    }

    private static String joined(String before, String more) {
        return before.isEmpty() ? more : before + "\n" + more;
    }
}
