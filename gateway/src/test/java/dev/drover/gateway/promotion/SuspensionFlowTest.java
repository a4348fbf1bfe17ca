package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Records;
import dev.drover.v1.FastTrack;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.SuspendRequest;
import dev.drover.v1.Suspension;
import dev.drover.v1.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions while the line is stopped, on a real store and a simulated Nomad. */
class SuspensionFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final TestLine line = new TestLine(lab.files().store(), time);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void stoppedLineBlocksNewPromotionsUntilItIsLifted() {
        Suspension suspension = line.suspend(TestNouns.PROJECT);
        String promotion = promote("1");
        engine.round();

        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.BLOCKED);
        RuleVerdict verdict = verdict(promotion, suspension);
        assertThat(verdict.getCode()).isEqualTo("LINE_STOPPED");
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.DENY);
        assertThat(verdict.getUnblockedByList()).contains(PromotionLab.DEVELOPER.account());
        assertThat(lab.promotion(promotion).getStateMessage())
                .isEqualTo(
                        "suspensions/shop-1: the line is stopped in projects/shop since 2026-03-02T12:00:00Z by serviceAccounts/dev: fire");

        line.unsuspend(suspension);
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);
    }

    @Test
    void suspensionEndsByItselfAtItsTime() {
        Suspension suspension =
                line.suspend(
                        SuspendRequest.newBuilder().setReason("lunch").setDuration(seconds(90)));
        String promotion = promote("1");
        engine.round();
        assertThat(verdict(promotion, suspension).getVerdict()).isEqualTo(Verdict.DEFER);
        assertThat(lab.promotion(promotion).getDecision().getNextEligibleTime())
                .isEqualTo(suspension.getExpireTime());

        time.advance(Duration.ofMillis(89_999));
        engine.round();
        assertThat(state(promotion)).isEqualTo(Promotion.State.BLOCKED);
        time.advance(Duration.ofMillis(1));
        engine.round();
        assertThat(state(promotion)).isEqualTo(Promotion.State.RUNNING);
    }

    @Test
    void elsewhereIsNotHalted() {
        line.suspend(TestNouns.PROD);
        String promotion = promote("1");
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);

        assertThat(lab.states(TestNouns.PROD).getSuspensionsList())
                .extracting(Suspension::getReason)
                .containsExactly("fire");
        assertThat(lab.states(TestNouns.STAGING).getSuspensionsList()).isEmpty();
    }

    @Test
    void whatRunsIsFinishedUnlessRolloutsAreHaltedToo() {
        String promotion = promote("1");
        engine.round();
        assertThat(state(promotion)).isEqualTo(Promotion.State.RUNNING);

        line.suspend("");
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);
    }

    @Test
    void rolloutStandsStillWhileRolloutsAreHaltedAndGoesOnAfterwards() {
        String promotion = promote("1");
        engine.round();
        Suspension suspension = line.suspend(rollouts());
        engine.round();

        Phase phase = lab.phase(promotion, "web");
        assertThat(phase.getState()).isEqualTo(Phase.State.PAUSED);
        assertThat(phase.getPauseReason()).isEqualTo(Phase.PauseReason.SUSPENDED);
        assertThat(phase.getPauseNote()).startsWith("suspensions/everything-1: the line is stop");
        time.advance(LONG);
        engine.round();
        assertThat(state(promotion)).isEqualTo(Promotion.State.RUNNING);

        line.unsuspend(suspension);
        engine.round();
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);
    }

    @Test
    void haltOfRolloutsEndsByItselfAtItsTime() {
        String promotion = promote("1");
        engine.round();
        line.suspend(rollouts().setDuration(seconds(3)));
        engine.round();
        assertThat(lab.phase(promotion, "web").getState()).isEqualTo(Phase.State.PAUSED);
        assertThat(engine.tick(promotion).pause().hinted()).isLessThanOrEqualTo(sec(3));

        time.advance(sec(3));
        engine.round();
        assertThat(lab.phase(promotion, "web").getState()).isNotEqualTo(Phase.State.PAUSED);
    }

    @Test
    void secondWaveDoesNotBeginWhileRolloutsAreHalted() {
        lab.nouns().declare("staging", "prod", Map.of("web", 0, "api", 1));
        String promotion =
                lab.promote(
                        lab.nouns()
                                .release(
                                        "1",
                                        Map.of("web", job("web").json(), "api", job("api").json())),
                        TestNouns.STAGING);
        engine.until(LONG, () -> lab.phase(promotion, "web").getState() == Phase.State.RUNNING);
        Suspension suspension = line.suspend(rollouts());
        engine.round();
        time.advance(LONG);
        engine.round();
        assertThat(lab.phase(promotion, "api").getState()).isEqualTo(Phase.State.PENDING);

        line.unsuspend(suspension);
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);
    }

    @Test
    void pauseOfAPersonOutlivesTheSuspension() {
        String promotion = promote("1");
        engine.round();
        lab.call(
                "PausePromotion",
                PromotionLab.OWNER,
                PausePromotionRequest.newBuilder().setName(promotion).setReason("look").build());
        Suspension suspension = line.suspend(rollouts());
        engine.round();
        line.unsuspend(suspension);
        engine.round();

        assertThat(lab.phase(promotion, "web").getPauseReason())
                .isEqualTo(Phase.PauseReason.MANUAL);
    }

    @Test
    void automaticRollbackPassesUnlessTheSuspensionHoldsAllRollbacks() {
        succeed("1");
        String bad = failing("2");
        engine.round();
        line.suspend("");
        engine.until(LONG, () -> state(bad) == Promotion.State.ROLLED_BACK);
    }

    @Test
    void suspensionWithoutRollbacksHoldsTheAutomaticOneToo() {
        succeed("1");
        String bad = failing("2");
        engine.round();
        Suspension suspension =
                line.suspend(
                        SuspendRequest.newBuilder()
                                .setReason("nothing moves")
                                .setRollbacks(FastTrack.Passes.NONE));
        engine.until(LONG, () -> !lab.promotion(bad).getRolledBackBy().isEmpty());
        String rollback = lab.promotion(bad).getRolledBackBy();
        engine.round();
        assertThat(state(rollback)).isEqualTo(Promotion.State.BLOCKED);

        line.unsuspend(suspension);
        engine.until(LONG, () -> state(bad) == Promotion.State.ROLLED_BACK);
    }

    @Test
    void rollbackOfAPersonPassesOnlyWhereAllDo() {
        succeed("1");
        succeed("2");
        Suspension suspension = line.suspend("");
        String back = rollback("1");
        engine.round();
        assertThat(state(back)).isEqualTo(Promotion.State.BLOCKED);

        line.suspend(
                SuspendRequest.newBuilder().setReason("fire").setRollbacks(FastTrack.Passes.ALL));
        line.unsuspend(suspension);
        engine.until(LONG, () -> state(back) == Promotion.State.SUCCEEDED);
    }

    @Test
    void heldApplicationWaitsAndOthersDoNot() {
        Suspension hold =
                line.suspend(
                        SuspendRequest.newBuilder()
                                .setScope(TestNouns.STAGING)
                                .setApplication(TestNouns.APPLICATION)
                                .setReason("migration"));
        String promotion = promote("1");
        engine.round();
        assertThat(verdict(promotion, hold).getCode()).isEqualTo("APPLICATION_HELD");
        assertThat(hold.getName()).isEqualTo("suspensions/web-staging-1");
    }

    @Test
    void pinnedEnvironmentTakesItsReleaseAndNoOther() {
        succeed("1");
        Suspension pin =
                line.suspend(
                        SuspendRequest.newBuilder()
                                .setScope(TestNouns.STAGING)
                                .setRelease(TestNouns.APPLICATION + "/releases/1")
                                .setReason("audit"));
        String other = promote("2");
        engine.round();
        assertThat(state(other)).isEqualTo(Promotion.State.BLOCKED);
        assertThat(verdict(other, pin).getCode()).isEqualTo("ENVIRONMENT_PINNED");

        String same = lab.promote(TestNouns.APPLICATION + "/releases/1", TestNouns.STAGING);
        engine.until(LONG, () -> state(same) == Promotion.State.SUCCEEDED);
    }

    @Test
    void promotionThatWasAllowedBeforeDoesNotStartAfterTheLineWasStopped() {
        String promotion = promote("1");
        engine.claim(Instant.EPOCH);
        while (state(promotion) != Promotion.State.QUEUED) {
            engine.tick(promotion);
        }
        // Every rule is met, and the line is stopped just before that is committed.
        Worker racing =
                lab.promotions(
                                new PromotionLab.Gateway(
                                        stoppingBeforeCommits(),
                                        lab.files().store(),
                                        name -> nomad,
                                        time))
                        .worker("gateway-1");
        assertThatThrownBy(() ->
                        racing.tick(
                                Objects.requireNonNull(engine.claims().get(promotion)),
                                time.instant()))
                .isInstanceOf(GatewayException.class)
                .hasMessageContaining("line");
        assertThat(state(promotion)).isEqualTo(Promotion.State.QUEUED);
        engine.round();
        assertThat(state(promotion)).isEqualTo(Promotion.State.BLOCKED);
    }

    private Records stoppingBeforeCommits() {
        Records store = lab.files().store();
        return (Records)
                Proxy.newProxyInstance(
                        SuspensionFlowTest.class.getClassLoader(),
                        new Class<?>[] {Records.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("commit")) {
                                line.suspend("");
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException refused) {
                                throw refused.getCause();
                            }
                        });
    }

    private static SuspendRequest.Builder rollouts() {
        return SuspendRequest.newBuilder().setReason("fire").setHalts(Suspension.Halts.ROLLOUTS);
    }

    private RuleVerdict verdict(String promotion, Suspension suspension) {
        return lab.promotion(promotion).getDecision().getRulesList().stream()
                .filter(one -> one.getRule().equals(suspension.getName()))
                .findFirst()
                .orElseThrow();
    }

    private String rollback(String release) {
        return ((Promotion)
                        lab.call(
                                "RollbackApplication",
                                PromotionLab.OWNER,
                                RollbackApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .setRelease(TestNouns.APPLICATION + "/releases/" + release)
                                        .setReason("back")
                                        .build()))
                .getName();
    }

    private void succeed(String release) {
        String promotion = promote(release);
        engine.until(LONG, () -> state(promotion) == Promotion.State.SUCCEEDED);
    }

    private String failing(String release) {
        TestJobs bad =
                job("web")
                        .release("bad")
                        .deadlines(Duration.ofSeconds(10), Duration.ofSeconds(20))
                        .script("exit 1 # crashing");
        return lab.promote(
                lab.nouns().release(release, Map.of("web", bad.json())), TestNouns.STAGING);
    }

    private static TestJobs job(String id) {
        return TestJobs.service(id).minHealthy(Duration.ofSeconds(5)).release("one");
    }

    private String promote(String release) {
        return lab.promote(
                lab.nouns().release(release, Map.of("web", job("web").release(release).json())),
                TestNouns.STAGING);
    }

    private Promotion.State state(String promotion) {
        return lab.promotion(promotion).getState();
    }

    private static Duration sec(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static com.google.protobuf.Duration seconds(long seconds) {
        return com.google.protobuf.Duration.newBuilder().setSeconds(seconds).build();
    }
}
