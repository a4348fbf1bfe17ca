package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.v1.Calendar;
import dev.drover.v1.Phase;
import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rule;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promotions that wait for a window, on a real store and a simulated Nomad. It is noon. */
class WindowFlowTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        lab.nouns()
                .put(
                        "calendars/launch",
                        Calendar.newBuilder()
                                .setName("calendars/launch")
                                .setDisplayName("launch of the shop")
                                .setZone("UTC")
                                .addWindows(
                                        Window.newBuilder()
                                                .setStart("2026-03-02T11:00")
                                                .setEnd("2026-03-02T12:02"))
                                .build());
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void promotionWaitsForTheEndOfAFreezeAndGoesOnByItself() {
        freeze(WindowRule.Invokers.ANYBODY);
        String promotion = promote();
        engine.round();

        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.BLOCKED);
        assertThat(lab.promotion(promotion).getStateMessage())
                .isEqualTo(
                        "policies/freeze/rules/launch: closed until Mon 2026-03-02 12:02 UTC (launch of the shop)");
        time.advance(Duration.ofSeconds(90));
        assertThat(engine.tick(promotion).pause().alone()).isEqualTo(Duration.ofSeconds(30));

        time.advance(Duration.ofMillis(29_999));
        engine.round();
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.BLOCKED);
        time.advance(Duration.ofMillis(1));
        engine.round();
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);
    }

    @Test
    void freezeOfProgramsDoesNotHoldPeople() {
        freeze(WindowRule.Invokers.AUTOMATION);
        account(true);
        String first = promote();
        engine.round();
        assertThat(lab.promotion(first).getState()).isEqualTo(Promotion.State.BLOCKED);

        account(false);
        engine.until(
                Duration.ofSeconds(30),
                () -> lab.promotion(first).getState() == Promotion.State.SUCCEEDED);
    }

    @Test
    void windowThatClosesWhileAPromotionRunsLetsItFinish() {
        String promotion = promote();
        engine.round();
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);

        freeze(WindowRule.Invokers.ANYBODY);
        engine.until(LONG, () -> lab.promotion(promotion).getState() == Promotion.State.SUCCEEDED);
    }

    @Test
    void rolloutStandsStillWhileAWindowIsClosedThatHaltsItAndGoesOnWhenItOpens() {
        freeze(WindowRule.Invokers.ANYBODY, "2026-03-02T12:01", WindowRule.AtClose.HALT);
        String promotion = promote(Duration.ofSeconds(90));
        engine.round();
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);
        assertThat(lab.promotion(promotion).getPlan().getStepsList())
                .anyMatch(step -> step.startsWith("where policies/freeze/rules/launch closes"));

        // The engine looks right when it closes, not at its next look by the clock.
        time.advance(Duration.ofMillis(59_400));
        assertThat(engine.tick(promotion).pause().hinted())
                .isLessThanOrEqualTo(Duration.ofMillis(600));
        time.advance(Duration.ofMillis(600));
        engine.round();
        Phase phase = lab.phase(promotion, "web");
        assertThat(phase.getPauseReason()).isEqualTo(Phase.PauseReason.WINDOW_CLOSED);
        assertThat(phase.getPauseNote())
                .isEqualTo(
                        "policies/freeze/rules/launch: closed until Mon 2026-03-02 12:02 UTC (launch of the shop); rollouts stand still");
        time.advance(Duration.ofSeconds(59));
        engine.round();
        assertThat(lab.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);

        time.advance(Duration.ofSeconds(1));
        engine.round();
        assertThat(lab.phase(promotion, "web").getState()).isNotEqualTo(Phase.State.PAUSED);
        engine.until(LONG, () -> lab.promotion(promotion).getState() == Promotion.State.SUCCEEDED);
    }

    private String promote() {
        return promote(Duration.ofSeconds(1));
    }

    private String promote(Duration healthy) {
        TestJobs web =
                TestJobs.service("web")
                        .minHealthy(healthy)
                        .deadlines(Duration.ofMinutes(5), Duration.ofMinutes(10))
                        .release("one");
        return lab.promote(lab.nouns().release("1", Map.of("web", web.json())), TestNouns.STAGING);
    }

    private void account(boolean automation) {
        lab.nouns()
                .put(
                        PromotionLab.DEVELOPER.account(),
                        ServiceAccount.newBuilder()
                                .setName(PromotionLab.DEVELOPER.account())
                                .setAutomation(automation)
                                .build());
    }

    private void freeze(WindowRule.Invokers invokers) {
        freeze(invokers, "2026-03-02T11:00", WindowRule.AtClose.FINISH);
    }

    private void freeze(WindowRule.Invokers invokers, String start, WindowRule.AtClose atClose) {
        lab.nouns()
                .put(
                        "calendars/launch",
                        Calendar.newBuilder()
                                .setName("calendars/launch")
                                .setZone("UTC")
                                .addWindows(
                                        Window.newBuilder()
                                                .setTitle("launch of the shop")
                                                .setStart(start)
                                                .setEnd("2026-03-02T12:02"))
                                .build());
        lab.nouns()
                .put(
                        "policies/freeze",
                        Policy.newBuilder()
                                .setName("policies/freeze")
                                .setRevision(1)
                                .addRules(
                                        Rule.newBuilder()
                                                .setId("launch")
                                                .setWindow(
                                                        WindowRule.newBuilder()
                                                                .setMode(WindowRule.Mode.DENY)
                                                                .setInvokers(invokers)
                                                                .setAtClose(atClose)
                                                                .addCalendars("calendars/launch")))
                                .build());
    }
}
