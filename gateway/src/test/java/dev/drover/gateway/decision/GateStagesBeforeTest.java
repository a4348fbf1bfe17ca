package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.v1.Decision;
import dev.drover.v1.Plan;
import dev.drover.v1.Policy;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.SoakRule;
import dev.drover.v1.Verdict;
import dev.drover.v1.VerificationRule;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules about what a release did in the stages before. */
class GateStagesBeforeTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:00:00Z");
    private static final Duration DAY = Durations.fromHours(24);

    private final PlanFixture shop = PlanFixture.shop();
    private final Map<String, ReleaseHistory> history = new HashMap<>();
    private String kind = "RELEASE";

    private void staging(boolean healthy, long hoursAgo, Map<String, String> verifications) {
        history.put(
                PlanFixture.STAGING,
                new ReleaseHistory(
                        healthy,
                        Optional.of(NOW.minusSeconds(hoursAgo * 3600)),
                        0,
                        verifications,
                        List.of()));
    }

    private Decision decide(Rule.Builder rule) {
        shop.policy(
                Policy.newBuilder()
                        .setName("policies/prod")
                        .setRevision(1)
                        .addRules(rule.setId("before"))
                        .build());
        return new Gate(KnownHistory.of(history), names -> List.of())
                .decide(
                        new GateRequest(
                                shop.nouns(),
                                Plan.newBuilder().setDigest("d1").build(),
                                PromotionFacts.newBuilder().setKind(kind).build(),
                                List.of(),
                                Optional.empty(),
                                NOW));
    }

    private RuleVerdict soak() {
        return decide(Rule.newBuilder().setSoak(SoakRule.newBuilder().setDuration(DAY)))
                .getRulesList()
                .getLast();
    }

    private RuleVerdict verified(VerificationRule.Builder rule) {
        return decide(Rule.newBuilder().setVerification(rule.addVerifications("smoke")))
                .getRulesList()
                .getLast();
    }

    @Test
    void releaseThatHasNotSoakedIsDeferredUntilItHas() {
        staging(true, 20, Map.of());

        assertThat(soak().getVerdict()).isEqualTo(Verdict.DEFER);
        assertThat(soak().getCode()).isEqualTo("RELEASE_SOAKING");
        assertThat(soak().getMessage())
                .isEqualTo(
                        "must run well for 24h in the stages before, until Fri 2026-01-02 07:00:00 UTC");
        Decision decision =
                decide(Rule.newBuilder().setSoak(SoakRule.newBuilder().setDuration(DAY)));
        assertThat(Timestamps.toString(decision.getNextEligibleTime()))
                .isEqualTo("2026-01-02T07:00:00Z");
    }

    @Test
    void releaseThatHasSoakedIsAllowedToTheSecond() {
        staging(true, 24, Map.of());

        assertThat(soak().getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void timeDoesNotHelpAReleaseThatIsNotWell() {
        staging(false, 48, Map.of());
        assertThat(soak().getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(soak().getCode()).isEqualTo("RELEASE_NOT_HEALTHY_BEFORE");

        history.clear();
        assertThat(soak().getMessage())
                .contains("does not run well in stage \"staging\" (" + PlanFixture.STAGING + ")");
    }

    @Test
    void onlyReleasesHaveStagesBefore() {
        kind = "SCALE";

        assertThat(soak().getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(verified(VerificationRule.newBuilder()).getVerdict()).isEqualTo(Verdict.ALLOW);
    }

    @Test
    void verificationThatPassedCountsWhileItIsFresh() {
        staging(true, 20, Map.of("smoke", "PASSED"));

        assertThat(verified(VerificationRule.newBuilder()).getVerdict()).isEqualTo(Verdict.ALLOW);
        assertThat(
                        verified(VerificationRule.newBuilder().setMaxAge(Durations.fromHours(20)))
                                .getVerdict())
                .isEqualTo(Verdict.ALLOW);
        RuleVerdict old =
                verified(VerificationRule.newBuilder().setMaxAge(Durations.fromHours(19)));
        assertThat(old.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(old.getMessage())
                .isEqualTo(
                        "what was measured is older than 19h in %s; promote the release there again"
                                .formatted(PlanFixture.STAGING));
    }

    @Test
    void whatAPersonAcceptedCountsUnlessOnlyPassedDoes() {
        staging(true, 1, Map.of("smoke", "ACCEPTED"));

        assertThat(verified(VerificationRule.newBuilder()).getVerdict()).isEqualTo(Verdict.ALLOW);
        RuleVerdict strict = verified(VerificationRule.newBuilder().setPassedOnly(true));
        assertThat(strict.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(strict.getCode()).isEqualTo("RELEASE_NOT_VERIFIED_BEFORE");
        assertThat(strict.getMessage()).startsWith("smoke is ACCEPTED in");
    }

    @Test
    void verificationThatWasNotMeasuredIsMissing() {
        staging(true, 1, Map.of("load", "PASSED"));

        assertThat(verified(VerificationRule.newBuilder()).getMessage())
                .startsWith("smoke was not measured in");
    }
}
