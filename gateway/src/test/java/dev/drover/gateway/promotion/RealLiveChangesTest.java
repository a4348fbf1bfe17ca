package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.GroupCount;
import dev.drover.v1.Promotion;
import dev.drover.v1.RestartApplicationRequest;
import dev.drover.v1.ScaleApplicationRequest;
import dev.drover.v1.StopApplicationRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scaling and stopping what runs on a real Nomad. */
class RealLiveChangesTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final PromotionLab lab =
            new PromotionLab(NOMAD.clusters(), InstantSource.system(), EngineLimits.DEFAULT);
    private String namespace = "";
    private Engine engine = lab.engine();

    @BeforeEach
    void declare() {
        namespace = NOMAD.freshNamespace();
        lab.nouns().declare(namespace, NOMAD.freshNamespace(), Map.of("web", 0));
        engine = lab.engine();
        engine.start();
    }

    @AfterEach
    void close() {
        engine.close();
        lab.close();
    }

    @Test
    void countsGoUpAndDownAndTheNextReleaseTellsThatItTakesThemBack() {
        lab.nouns().strategy(Strategies.steps(50));
        ended(promote("one"), Promotion.State.SUCCEEDED);
        List<String> before = ids();
        String up = scale(4);
        ended(up, Promotion.State.SUCCEEDED);
        assertThat(ids()).hasSize(4).containsAll(before);
        assertThat(lab.promotion(up).getPlan().getStepsList().getFirst())
                .contains("scale: register it with other counts", "from 2 to 4");
        ended(scale(3), Promotion.State.SUCCEEDED);
        until(() -> ids().size() == 3);

        String release = promote("two");
        ended(release, Promotion.State.SUCCEEDED);
        assertThat(lab.promotion(release).getPlan().getStepsList())
                .anySatisfy(step ->
                        assertThat(step)
                                .startsWith("the count of job \"web\" changes with this")
                                .endsWith("from 3 to 2"));
        until(() -> ids().size() == 2);
    }

    @Test
    void rollbackAfterScalingKeepsTheCountsAndWhatItBroughtCanBeScaledAgain() {
        lab.nouns().strategy(Strategies.steps(50));
        ended(promote("one"), Promotion.State.SUCCEEDED);
        ended(scale(3), Promotion.State.SUCCEEDED);
        ended(promote("bad"), Promotion.State.ROLLED_BACK);
        until(() -> ids().size() == 3);
        ended(scale(1), Promotion.State.SUCCEEDED);
        until(() -> ids().size() == 1);
    }

    @Test
    void allocationsAreRestartedWhereTheyAre() {
        ended(promote("one"), Promotion.State.SUCCEEDED);
        List<String> before = ids();
        Promotion restart =
                (Promotion)
                        lab.call(
                                "RestartApplication",
                                PromotionLab.DEVELOPER,
                                RestartApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .build());
        ended(restart.getName(), Promotion.State.SUCCEEDED);
        assertThat(ids()).isEqualTo(before);
        assertThat(NOMAD.cluster().allocations(namespace, "web"))
                .allSatisfy(one -> assertThat(one.tasks().getFirst().restarts()).isEqualTo(1));
        assertThat(NOMAD.cluster().versions(namespace, "web")).hasSize(1);
    }

    @Test
    void stoppedJobsStayInNomadAndAReleaseStartsThemAgain() {
        ended(promote("one"), Promotion.State.SUCCEEDED);
        Promotion stop =
                (Promotion)
                        lab.call(
                                "StopApplication",
                                PromotionLab.DEVELOPER,
                                StopApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .setReason("night")
                                        .build());
        ended(stop.getName(), Promotion.State.SUCCEEDED);
        assertThat(ids()).isEmpty();
        assertThat(NOMAD.cluster().job(namespace, "web").orElseThrow().stopped()).isTrue();
        ended(
                lab.promote(TestNouns.APPLICATION + "/releases/one", TestNouns.STAGING),
                Promotion.State.SUCCEEDED);
        assertThat(ids()).hasSize(2);
    }

    private String scale(int count) {
        return ((Promotion)
                        lab.call(
                                "ScaleApplication",
                                PromotionLab.DEVELOPER,
                                ScaleApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .addGroups(
                                                GroupCount.newBuilder()
                                                        .setJob("web")
                                                        .setGroup(group())
                                                        .setCount(count))
                                        .build()))
                .getName();
    }

    private static String group() {
        return TestJobs.service("web").json().path("TaskGroups").path(0).path("Name").asText();
    }

    private String promote(String id) {
        TestJobs job = TestJobs.service("web").count(2).minHealthy(Duration.ofMillis(100));
        TestJobs ready = id.equals("bad") ? job.crashing() : job.release(id);
        return lab.promote(
                lab.nouns().release(id, Map.of("web", Strategies.withoutDeadline(ready))),
                TestNouns.STAGING);
    }

    private List<String> ids() {
        return NOMAD.cluster().allocations(namespace, "web").stream()
                .filter(one -> one.state().desired().equals("run"))
                .filter(one -> !one.state().client().ended())
                .map(Allocation::id)
                .toList();
    }

    private void ended(String promotion, Promotion.State state) {
        until(() -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
    }

    private static void until(BooleanSupplier so) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(so::getAsBoolean);
    }
}
