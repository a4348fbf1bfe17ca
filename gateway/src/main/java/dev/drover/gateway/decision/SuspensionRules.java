package dev.drover.gateway.decision;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.suspension.SuspensionText;
import dev.drover.v1.FastTrack;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Suspension;
import dev.drover.v1.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** Judges by the suspensions that are in force: a verdict for each that a promotion meets. */
public final class SuspensionRules {
    private SuspensionRules() {}

    static List<RuleVerdict> judge(GateRequest request) {
        return concerning(request).map(one -> verdict(one, request)).toList();
    }

    /** What halts a promotion whose rollout is under way, in the order of names. */
    static Stream<Suspension> halting(GateRequest request) {
        return concerning(request)
                .filter(one -> one.getHalts() == Suspension.Halts.ROLLOUTS)
                .filter(one -> !allows(one, request))
                .filter(one -> !passes(one, request.asked()));
    }

    /** Whether it holds in an environment for an application, whatever is to be done there. */
    public static boolean holds(Suspension suspension, String environment, String application) {
        String scope = suspension.getScope();
        boolean here =
                scope.isEmpty() || environment.equals(scope) || environment.startsWith(scope + "/");
        String its =
                suspension.getRelease().isEmpty()
                        ? suspension.getApplication()
                        : suspension.getRelease().replaceFirst("/releases/.*", "");
        return here && (its.isEmpty() || its.equals(application));
    }

    private static Stream<Suspension> concerning(GateRequest request) {
        PlanNouns nouns = request.nouns();
        return request.suspensions().stream()
                .filter(one ->
                        holds(one, nouns.environment().getName(), nouns.application().getName()))
                .filter(one ->
                        one.getKindsCount() == 0
                                || one.getKindsList().contains(request.asked().getKind()));
    }

    private static RuleVerdict verdict(Suspension suspension, GateRequest request) {
        if (allows(suspension, request)) {
            return Rules.builtIn(suspension.getName(), Verdict.ALLOW)
                    .setMessage(SuspensionText.told(suspension))
                    .build();
        }
        RuleVerdict.Builder verdict =
                Rules.builtIn(
                                suspension.getName(),
                                suspension.hasExpireTime() ? Verdict.DEFER : Verdict.DENY)
                        .setCode(code(suspension))
                        .setMessage(SuspensionText.told(suspension))
                        .addUnblockedBy(suspension.getAuthor())
                        .addUnblockedBy("anybody who may lift it");
        if (suspension.hasExpireTime()) {
            verdict.setNextEligibleTime(suspension.getExpireTime());
        }
        if (passes(suspension, request.asked())) {
            verdict.setEnforcement(Rules.WARN)
                    .setFastTrack("rollbacks: " + suspension.getRollbacks());
        }
        return verdict.build();
    }

    private static String code(Suspension suspension) {
        if (!suspension.getRelease().isEmpty()) {
            return "ENVIRONMENT_PINNED";
        }
        return suspension.getApplication().isEmpty() ? "LINE_STOPPED" : "APPLICATION_HELD";
    }

    /** A pin stands in the way of other releases only. */
    private static boolean allows(Suspension suspension, GateRequest request) {
        if (suspension.getRelease().isEmpty()) {
            return false;
        }
        String kind = request.asked().getKind();
        boolean brings =
                kind.equals(Promotion.Kind.RELEASE.name())
                        || kind.equals(Promotion.Kind.ROLLBACK.name());
        return !brings || suspension.getRelease().equals(request.nouns().release().getName());
    }

    private static boolean passes(Suspension suspension, PromotionFacts asked) {
        if (!asked.getKind().equals(Promotion.Kind.ROLLBACK.name())) {
            return false;
        }
        return suspension.getRollbacks() == FastTrack.Passes.ALL
                || (suspension.getRollbacks() == FastTrack.Passes.AUTOMATIC
                        && asked.getRequester().equals(Principal.DROVER.account()));
    }
}
