package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.Durations;
import dev.drover.gateway.plan.PlanFixture;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.ImageFacts;
import dev.drover.v1.JobPlan;
import dev.drover.v1.OutcomeFacts;
import dev.drover.v1.PlacementFailure;
import dev.drover.v1.Plan;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.PromotionFacts;
import dev.drover.v1.ResourceFacts;
import dev.drover.v1.TaskFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyInputsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String RELEASES = "projects/shop/applications/web/releases/";

    @Test
    void resourcesAreSummedUpOverAllJobs() {
        Plan plan =
                Plan.newBuilder()
                        .addJobs(JobPlan.newBuilder().setResources(resources(100, 200, 64, 128)))
                        .addJobs(JobPlan.newBuilder().setResources(resources(50, 0, 32, 0)))
                        .build();

        assertThat(input(plan, Map.of(), Map.of()).getPlan().getResources())
                .isEqualTo(resources(150, 200, 96, 128));
    }

    @Test
    void groupsWithoutAPlaceAreToldWithWhatNomadLacks() {
        PlacementFailure failure =
                PlacementFailure.newBuilder()
                        .setGroup("g")
                        .setNodesExhausted(3)
                        .putDimensionExhausted("memory", 3)
                        .build();
        Plan plan =
                Plan.newBuilder()
                        .addJobs(JobPlan.newBuilder().addPlacementFailures(failure))
                        .build();

        PolicyInput input = input(plan, Map.of(), Map.of());

        assertThat(input.getPlan().getUnplacedList()).containsExactly(failure);
        assertThat(input.getPlan().getPlacementFailures()).isEqualTo(1);
    }

    @Test
    void releaseHasEachOfItsImagesOnce() {
        Plan plan =
                Plan.newBuilder()
                        .addJobs(
                                JobPlan.newBuilder()
                                        .addTasks(task("docker", "shop/web:1@sha256:ab"))
                                        .addTasks(task("podman", "shop/log:2"))
                                        .addTasks(task("raw_exec", "/bin/sh")))
                        .addJobs(
                                JobPlan.newBuilder()
                                        .addTasks(task("docker", "shop/web:1@sha256:ab")))
                        .build();

        PolicyInput input = input(plan, Map.of(), Map.of());

        assertThat(input.getRelease().getImagesList())
                .extracting(ImageFacts::getRepository, ImageFacts::getDigest)
                .containsExactly(tuple("shop/web", "sha256:ab"), tuple("shop/log", ""));
        assertThat(input.getPlan().getImagesCount()).isEqualTo(3);
    }

    @Test
    void imagesOfTheLastSuccessAreKnownByEnvironment() {
        ReleaseHistory staging =
                new ReleaseHistory(
                        true, Optional.of(NOW), 0, Map.of(), List.of("shop/web:1@sha256:ab"));

        EnvironmentHistory history =
                input(Plan.getDefaultInstance(), Map.of(PlanFixture.STAGING, staging), Map.of())
                        .getHistory()
                        .getEnvironmentsOrThrow("staging");

        assertThat(history.getImagesList())
                .extracting(ImageFacts::getDigest)
                .containsExactly("sha256:ab");
    }

    @Test
    void outcomesAreToldWithWhatRuns() {
        PlaceHistory place =
                new PlaceHistory(
                        RELEASES + "r7",
                        "1.7.0",
                        List.of(outcome("p9", "RELEASE", "FAILED", false)));

        EnvironmentHistory history = inStaging(place);

        assertThat(history.getRunningRelease()).isEqualTo("r7");
        assertThat(history.getRunningVersion()).isEqualTo("1.7.0");
        assertThat(history.getOutcomesList())
                .containsExactly(
                        OutcomeFacts.newBuilder()
                                .setPromotion("p9")
                                .setKind("RELEASE")
                                .setRelease("r8")
                                .setState("FAILED")
                                .setEndTime(PolicyInputs.timestamp(NOW.minusSeconds(60)))
                                .setTook(Durations.fromSeconds(90))
                                .build());
    }

    @Test
    void changeFailureRateCountsWhatFailedOrWasTakenBackOfWhatBroughtARelease() {
        EnvironmentHistory history =
                inStaging(
                        new PlaceHistory(
                                "",
                                "",
                                List.of(
                                        outcome("p6", "ROLLBACK", "FAILED", false),
                                        outcome("p5", "RELEASE", "CANCELLED", false),
                                        outcome("p4", "RELEASE", "ROLLED_BACK", false),
                                        outcome("p3", "RELEASE", "SUCCEEDED", true),
                                        outcome("p2", "SCALE", "FAILED", false),
                                        outcome("p1", "RELEASE", "SUCCEEDED", false))));

        assertThat(history.getChangeFailureRate()).isCloseTo(2.0 / 3, within(1e-9));
    }

    @Test
    void changeFailureRateIsZeroWhereNothingHappened() {
        assertThat(inStaging(PlaceHistory.NONE).getChangeFailureRate()).isZero();
    }

    private static EnvironmentHistory inStaging(PlaceHistory place) {
        return input(
                        Plan.getDefaultInstance(),
                        Map.of(PlanFixture.STAGING, ReleaseHistory.NONE),
                        Map.of(PlanFixture.STAGING, place))
                .getHistory()
                .getEnvironmentsOrThrow("staging");
    }

    private static PolicyInput input(
            Plan plan, Map<String, ReleaseHistory> releases, Map<String, PlaceHistory> places) {
        return PolicyInputs.of(
                new GateRequest(
                        PlanFixture.shop().nouns(),
                        plan,
                        PromotionFacts.getDefaultInstance(),
                        List.of(),
                        Optional.empty(),
                        NOW),
                releases,
                places);
    }

    private static PlaceHistory.Outcome outcome(
            String promotion, String kind, String state, boolean takenBack) {
        return new PlaceHistory.Outcome(
                "projects/shop/promotions/" + promotion,
                kind,
                RELEASES + "r8",
                new PlaceHistory.End(
                        state, takenBack, NOW.minusSeconds(60), Duration.ofSeconds(90)));
    }

    private static TaskFacts task(String driver, String image) {
        return TaskFacts.newBuilder().setDriver(driver).setImage(image).build();
    }

    private static ResourceFacts resources(long cpu, long cpuAfter, long memory, long memoryAfter) {
        return ResourceFacts.newBuilder()
                .setCpuBefore(cpu)
                .setCpuAfter(cpuAfter)
                .setMemoryMbBefore(memory)
                .setMemoryMbAfter(memoryAfter)
                .build();
    }
}
