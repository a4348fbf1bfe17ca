package dev.drover.gateway.plan;

import dev.drover.v1.JobPlan;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedVerification;
import dev.drover.v1.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a promotion will measure, phase by phase and then of the whole. */
final class PlannedVerifications {
    private final Map<String, Verification> declared;

    private PlannedVerifications(PlanNouns nouns) {
        this.declared =
                nouns.verifications().stream()
                        .collect(Collectors.toMap(Verification::getName, Function.identity()));
    }

    /** In the order in which it is measured. */
    static List<PlannedVerification> of(PlanNouns nouns, List<JobPlan> jobs) {
        PlannedVerifications planned = new PlannedVerifications(nouns);
        List<PlannedVerification> all = new ArrayList<>();
        for (JobPlan job : jobs) {
            for (PlannedPhase phase : job.getPhasesList()) {
                all.addAll(planned.at(key(job, phase), phase.getVerificationsList()));
            }
        }
        all.addAll(
                planned.at(
                        "",
                        StageVerifications.after(
                                nouns.application(), nouns.pipeline(), nouns.environment())));
        return all;
    }

    /** What a phase is called among those of all jobs. */
    static String key(JobPlan job, PlannedPhase phase) {
        return job.getJob() + "/" + phase.getId();
    }

    private List<PlannedVerification> at(String phase, List<String> names) {
        return names.stream()
                .map(name -> {
                    Verification verification = declared.get(name);
                    if (verification == null) {
                        throw new IllegalStateException(name + " was not read for the plan");
                    }
                    return PlannedVerification.newBuilder()
                            .setDeclaration(verification.toBuilder().clearEtag())
                            .setPhase(phase)
                            .setSummary(VerificationText.of(verification))
                            .build();
                })
                .toList();
    }
}
