package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.Durations;
import dev.drover.gateway.cluster.Submission;
import dev.drover.v1.BlueGreenStrategy;
import dev.drover.v1.CanaryPromotion;
import dev.drover.v1.CanaryStep;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.JobPlan.Change;
import dev.drover.v1.JobRun;
import dev.drover.v1.PlannedPhase;
import dev.drover.v1.PlannedPhase.Kind;
import dev.drover.v1.RecreateStrategy;
import dev.drover.v1.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Strategies as lists of phases. */
class PhasePlanTest {
    private static final DesiredUpdates CANARIES = DesiredUpdates.newBuilder().setCanary(1).build();
    private static final DesiredUpdates REPLACED =
            DesiredUpdates.newBuilder().setDestructiveUpdate(1).setIgnore(9).build();

    @Test
    void canaryStepsAreHeldButTheLast() {
        List<PlannedPhase> phases = changed(10, 1, steps(10, 50, 100), Map.of("g", CANARIES));
        assertThat(phases)
                .extracting(PlannedPhase::getId)
                .containsExactly(
                        "canary-10",
                        "canary-10-decision",
                        "canary-50",
                        "canary-50-decision",
                        "stable");
        assertThat(phases)
                .extracting(PlannedPhase::getKind)
                .containsExactly(Kind.REGISTER, Kind.WAIT, Kind.EXTEND, Kind.WAIT, Kind.EXTEND);
        assertThat(phases)
                .extracting(PlannedPhase::getHold)
                .containsExactly(true, false, true, false, false);
        assertThat(phases)
                .extracting(phase -> phase.getTargetsOrThrow("g"))
                .containsExactly(1L, 1L, 5L, 5L, 10L);
    }

    @Test
    void stepThatAddsNothingInSmallGroupsIsLeftOut() {
        assertThat(changed(2, 1, steps(10, 20, 60), Map.of("g", CANARIES)))
                .extracting(PlannedPhase::getId)
                .containsExactly("canary-10", "canary-10-decision", "stable");
    }

    @Test
    void whatALeftOutStepMeasuresIsMeasuredNevertheless() {
        CanaryStrategy.Builder canary = CanaryStrategy.newBuilder();
        for (int percent : List.of(10, 20, 60, 80)) {
            canary.addSteps(
                    CanaryStep.newBuilder()
                            .setPercent(percent)
                            .addVerifications("projects/shop/verifications/at-" + percent));
        }
        Strategy strategy = Strategy.newBuilder().setCanary(canary).build();
        List<PlannedPhase> phases = changed(3, 1, strategy, Map.of("g", CANARIES));
        // One of three is 10 % and 20 % too, and 80 % is all of them.
        assertThat(phases)
                .extracting(PlannedPhase::getId)
                .containsExactly(
                        "canary-10",
                        "canary-10-verify",
                        "canary-20-verify",
                        "canary-60",
                        "canary-60-verify",
                        "stable",
                        "canary-80-verify");
        assertThat(phases.get(2).getTargetsOrThrow("g")).isEqualTo(1);
        assertThat(phases.getLast().getTargetsOrThrow("g")).isEqualTo(3);
        assertThat(phases.getLast().getVerificationsList())
                .containsExactly("projects/shop/verifications/at-80");
    }

    @Test
    void planTellsHowFarNomadMayOvershoot() {
        assertThat(changed(10, 3, steps(10, 50), Map.of("g", CANARIES)).get(2).getSummary())
                .contains("3 at a time until 5 to 7 of 10 of group \"g\"");
    }

    @Test
    void groupsWithoutCanariesAreNotHeld() {
        RenderedJob two =
                rendered(
                        """
                        {'TaskGroups':[{'Name':'g','Count':4},{'Name':'same','Count':2}]}
                        """);
        Map<String, DesiredUpdates> updates =
                Map.of("g", CANARIES, "same", DesiredUpdates.newBuilder().setIgnore(2).build());
        List<PlannedPhase> phases =
                PhasePlan.of(
                        Change.CHANGED,
                        new PlannedJob(two, steps(25), updates, true),
                        Optional.empty());
        assertThat(phases.getFirst().getTargetsMap()).containsOnly(Map.entry("g", 1L));
        assertThat(phases.getLast().getTargetsMap())
                .containsOnly(Map.entry("g", 4L), Map.entry("same", 2L));
    }

    @Test
    void whereNomadPlacesNoCanariesTheJobIsRegisteredAtOnce() {
        List<PlannedPhase> first =
                PhasePlan.of(
                        Change.CREATED,
                        new PlannedJob(
                                job(3, 1),
                                steps(10),
                                Map.of("g", DesiredUpdates.newBuilder().setPlace(3).build()),
                                false),
                        Optional.empty());
        assertThat(first).extracting(PlannedPhase::getId).containsExactly("register");
        assertThat(first.getFirst().getSummary()).contains("nothing to try it beside");
    }

    @Test
    void blueGreenIsAWholeSetThenASwitch() {
        Strategy strategy =
                Strategy.newBuilder()
                        .setBlueGreen(
                                BlueGreenStrategy.newBuilder()
                                        .setBake(Durations.fromMinutes(5))
                                        .setPromotion(CanaryPromotion.BY_HAND)
                                        .setRemovalDelay(Durations.fromMinutes(1)))
                        .build();
        List<PlannedPhase> phases = changed(3, 1, strategy, Map.of("g", CANARIES));
        assertThat(phases)
                .extracting(PlannedPhase::getId)
                .containsExactly("green", "green-bake", "green-decision", "keep-blue", "switch");
        assertThat(phases.getFirst().getTargetsOrThrow("g")).isEqualTo(3);
        assertThat(phases.get(3).getAbort()).contains("the old one was not touched");
    }

    @Test
    void recreateStopsWhatRunsAndNothingElse() {
        Strategy recreate =
                Strategy.newBuilder().setRecreate(RecreateStrategy.getDefaultInstance()).build();
        assertThat(changed(3, 1, recreate, Map.of("g", REPLACED)))
                .extracting(PlannedPhase::getId)
                .containsExactly("stop", "register");
        assertThat(
                        PhasePlan.of(
                                Change.CHANGED,
                                new PlannedJob(job(3, 1), recreate, Map.of("g", REPLACED), false),
                                Optional.empty()))
                .extracting(PlannedPhase::getId)
                .containsExactly("register");
    }

    @Test
    void rollingTellsItsRounds() {
        assertThat(
                        changed(5, 2, Strategy.getDefaultInstance(), Map.of("g", REPLACED))
                                .getFirst()
                                .getSummary())
                .isEqualTo(
                        "replace allocations 2 at a time and wait for each to be healthy: 2, 4, 5 of 5");
    }

    @Test
    void runIsForcedOrDispatchedAsTheJobIsLaunched() {
        assertThat(run("{'Type':'batch','Periodic':{},'TaskGroups':[]}")).isEqualTo(Kind.FORCE);
        assertThat(run("{'Type':'batch','ParameterizedJob':{},'TaskGroups':[]}"))
                .isEqualTo(Kind.DISPATCH);
        assertThat(run("{'Type':'batch','TaskGroups':[]}")).isEqualTo(Kind.RUN);
    }

    @Test
    void nothingIsPlannedWhereNothingChanges() {
        assertThat(
                        PhasePlan.of(
                                Change.NONE,
                                new PlannedJob(job(1, 1), steps(10), Map.of(), true),
                                Optional.of(JobRun.getDefaultInstance())))
                .isEmpty();
    }

    private static Kind run(String spec) {
        return PhasePlan.of(
                        Change.CHANGED,
                        new PlannedJob(
                                rendered(spec), Strategy.getDefaultInstance(), Map.of(), false),
                        Optional.of(JobRun.getDefaultInstance()))
                .getLast()
                .getKind();
    }

    private static List<PlannedPhase> changed(
            int count, int maxParallel, Strategy strategy, Map<String, DesiredUpdates> updates) {
        return PhasePlan.of(
                Change.CHANGED,
                new PlannedJob(job(count, maxParallel), strategy, updates, true),
                Optional.empty());
    }

    private static Strategy steps(int... percents) {
        CanaryStrategy.Builder canary =
                CanaryStrategy.newBuilder().setPromotion(CanaryPromotion.BY_HAND);
        for (int percent : percents) {
            canary.addSteps(CanaryStep.newBuilder().setPercent(percent));
        }
        return Strategy.newBuilder().setCanary(canary).build();
    }

    private static RenderedJob job(int count, int maxParallel) {
        return rendered(
                "{'Update':{'MaxParallel':%d},'TaskGroups':[{'Name':'g','Count':%d}]}"
                        .formatted(maxParallel, count));
    }

    private static RenderedJob rendered(String json) {
        ObjectNode spec =
                (ObjectNode)
                        CanonicalJson.read(
                                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return new RenderedJob("web", 0, spec, Submission.NONE);
    }
}
