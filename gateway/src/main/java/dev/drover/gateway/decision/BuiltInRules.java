package dev.drover.gateway.decision;

import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.StageStrategy;
import dev.drover.v1.Availability;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Stage;
import dev.drover.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Rules that hold without any policy. */
final class BuiltInRules {

    private BuiltInRules() {}

    /**
     * Their verdicts.
     *
     * @param history by environment
     */
    static List<RuleVerdict> judge(GateRequest request, Map<String, ReleaseHistory> history) {
        PlanNouns nouns = request.nouns();
        List<RuleVerdict> verdicts = new ArrayList<>();
        String kind = request.asked().getKind();
        boolean release = kind.equals(Promotion.Kind.RELEASE.name());
        // What runs already may be scaled and stopped whatever became of its release.
        if (release || kind.equals(Promotion.Kind.ROLLBACK.name())) {
            verdicts.add(releaseActive(nouns.release()));
        }
        Optional<Stage> stage =
                StageStrategy.stage(nouns.pipeline(), nouns.environment().getName());
        verdicts.add(stageMember(nouns, stage));
        if (release && stage.isPresent()) {
            verdicts.add(stageOrder(nouns, stage.get(), history));
        }
        return verdicts;
    }

    private static RuleVerdict releaseActive(Release release) {
        String rule = "release/active";
        if (release.getState() != Release.State.ABANDONED) {
            return Rules.builtIn(rule, Verdict.ALLOW).setMessage("the release is active").build();
        }
        String reason =
                release.getAbandonReason().isEmpty() ? "" : ": " + release.getAbandonReason();
        return Rules.builtIn(rule, Verdict.DENY)
                .setCode("RELEASE_ABANDONED")
                .setMessage(release.getName() + " was abandoned" + reason + "; make a new release")
                .putValues("release.state", "ABANDONED")
                .addUnblockedBy(release.getAuthor())
                .build();
    }

    private static RuleVerdict stageMember(PlanNouns nouns, Optional<Stage> stage) {
        String rule = "pipeline/stage-member";
        String environment = nouns.environment().getName();
        String pipeline = nouns.pipeline().getName();
        return stage.map(found ->
                        Rules.builtIn(rule, Verdict.ALLOW)
                                .setMessage(
                                        "%s stands in stage \"%s\" of %s"
                                                .formatted(environment, found.getId(), pipeline)))
                .orElseGet(() ->
                        Rules.builtIn(rule, Verdict.DENY)
                                .setCode("ENVIRONMENT_NOT_IN_PIPELINE")
                                .setMessage(
                                        "%s stands in no stage of %s; add it to a stage or promote to another"
                                                .formatted(environment, pipeline))
                                .addAllUnblockedBy(nouns.application().getOwnersList()))
                .build();
    }

    private static RuleVerdict stageOrder(
            PlanNouns nouns, Stage stage, Map<String, ReleaseHistory> history) {
        String rule = "pipeline/stage-order";
        Predicate<String> arrived =
                environment -> history.getOrDefault(environment, ReleaseHistory.NONE).succeeded();
        boolean one = stage.getAvailability() == Availability.ONE_OF;
        List<String> missing = new ArrayList<>();
        List<String> unmet = new ArrayList<>();
        for (String before : stage.getAfterList()) {
            List<String> environments = environments(nouns.pipeline(), before);
            List<String> without = environments.stream().filter(arrived.negate()).toList();
            boolean met = one ? without.size() < environments.size() : without.isEmpty();
            if (!met) {
                missing.addAll(without);
                unmet.add(
                        "stage \"%s\" (%s%s)"
                                .formatted(
                                        before,
                                        one && without.size() > 1 ? "one of " : "",
                                        String.join(", ", without)));
            }
        }
        if (unmet.isEmpty()) {
            return Rules.builtIn(rule, Verdict.ALLOW)
                    .setMessage("the release has passed the stages before")
                    .build();
        }
        RuleVerdict.Builder verdict =
                Rules.builtIn(rule, Verdict.DENY)
                        .setCode("RELEASE_NOT_IN_STAGE_BEFORE")
                        .setMessage(
                                "release %s has not succeeded in %s; promote it there first"
                                        .formatted(
                                                PolicyInputs.id(nouns.release().getName()),
                                                String.join(" and ", unmet)))
                        .addAllUnblockedBy(
                                Rules.makers(
                                        nouns.application().getOwnersList(),
                                        nouns.release().getAuthor()));
        missing.forEach(name -> verdict.putValues(name, "not succeeded"));
        return verdict.build();
    }

    private static List<String> environments(Pipeline pipeline, String stage) {
        return pipeline.getStagesList().stream()
                .filter(candidate -> candidate.getId().equals(stage))
                .flatMap(candidate -> candidate.getEnvironmentsList().stream())
                .toList();
    }
}
