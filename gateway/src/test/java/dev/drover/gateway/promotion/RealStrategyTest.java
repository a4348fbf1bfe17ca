package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.JobRun;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each strategy on a real Nomad. */
class RealStrategyTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final PromotionLab lab =
            new PromotionLab(NOMAD.clusters(), InstantSource.system(), EngineLimits.DEFAULT);
    private String namespace = "";
    private int releases;
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
    void canaryIsHeldAtItsPercentagesAndGoesOn() {
        first("one", 6);
        lab.nouns().strategy(Strategies.byHand(10, 50));
        String promotion = promote("two", 6);
        waitsAt(promotion, "canary-10-decision");
        assertThat(serving("two")).isEqualTo(1);
        assertThat(serving("one")).isEqualTo(6);
        lab.advance(promotion);
        waitsAt(promotion, "canary-50-decision");
        assertThat(serving("two")).isEqualTo(3);
        assertThat(serving("one")).isEqualTo(3);
        lab.advance(promotion);
        ended(promotion, Promotion.State.SUCCEEDED);
        assertThat(serving("two")).isEqualTo(6);
        assertThat(versions()).hasSize(2);
    }

    @Test
    void abortOfAHeldCanaryBringsBackWhatRanBefore() {
        first("one", 4);
        lab.nouns().strategy(Strategies.byHand(25, 50));
        String promotion = promote("two", 4);
        waitsAt(promotion, "canary-25-decision");
        lab.advance(promotion);
        waitsAt(promotion, "canary-50-decision");
        lab.call(
                "AbortPromotion",
                PromotionLab.OWNER,
                AbortPromotionRequest.newBuilder().setName(promotion).setReason("no").build());
        ended(promotion, Promotion.State.CANCELLED);
        until(() -> serving("one") == 4 && serving("two") == 0);
        assertThat(versions()).hasSize(3);
    }

    @Test
    void blueGreenSwitchesAWholeSet() {
        first("one", 2);
        lab.nouns().strategy(Strategies.blueGreen(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        String promotion = promote("two", 2);
        until(() -> serving("one") == 2 && serving("two") == 2);
        ended(promotion, Promotion.State.SUCCEEDED);
        until(() -> serving("one") == 0 && serving("two") == 2);
        assertThat(versions()).hasSize(2);
    }

    @Test
    void recreateStopsThenStarts() {
        first("one", 2);
        lab.nouns().strategy(Strategies.recreate());
        ended(promote("two", 2), Promotion.State.SUCCEEDED);
        assertThat(serving("two")).isEqualTo(2);
        assertThat(versions()).extracting(JobVersion::stopped).containsExactly(false, true, false);
    }

    @Test
    void parameterizedJobIsDispatchedOnceAndMustEndWell() {
        lab.nouns().job("web", job -> job.setRun(JobRun.newBuilder().putMeta("why", "smoke")));
        ended(promote(TestJobs.service("web").parameterized().json()), Promotion.State.SUCCEEDED);
        assertThat(NOMAD.cluster().launched(namespace, "web")).hasSize(1);

        String broken = promote(TestJobs.service("web").parameterized().crashing().json());
        ended(broken, Promotion.State.ROLLED_BACK);
        assertThat(lab.promotion(broken).getStateMessage()).contains("the run ended badly");
    }

    @Test
    void periodicJobIsForcedOnce() {
        lab.nouns().job("web", job -> job.setRun(JobRun.getDefaultInstance()));
        ended(promote(TestJobs.service("web").periodic().json()), Promotion.State.SUCCEEDED);
        assertThat(NOMAD.cluster().launched(namespace, "web")).hasSize(1);
    }

    @Test
    void batchJobHasToEndWellWhereARunIsDeclared() {
        lab.nouns().job("web", job -> job.setRun(JobRun.getDefaultInstance()));
        ended(promote(TestJobs.service("web").batch().json()), Promotion.State.SUCCEEDED);
        ended(
                promote(TestJobs.service("web").batch().crashing().json()),
                Promotion.State.ROLLED_BACK);
    }

    @Test
    void systemJobGetsItsCanaryInPercentOfTheNodes() {
        lab.nouns().strategy(Strategies.byHand(50));
        ended(promote(system("one")), Promotion.State.SUCCEEDED);
        String promotion = promote(system("two"));
        waitsAt(promotion, "canary-50-decision");
        lab.advance(promotion);
        ended(promotion, Promotion.State.SUCCEEDED);
        assertThat(versions()).hasSize(2);
    }

    private static ObjectNode system(String value) {
        ObjectNode job = Strategies.withoutDeadline(TestJobs.service("web").release(value));
        job.put("Type", "system");
        ObjectNode group = (ObjectNode) job.path("TaskGroups").path(0);
        group.remove(List.of("Count", "ReschedulePolicy"));
        return job;
    }

    private String promote(ObjectNode job) {
        String id = "r" + ++releases;
        return lab.promote(lab.nouns().release(id, Map.of("web", job)), TestNouns.STAGING);
    }

    private void first(String value, int count) {
        lab.nouns().strategy(Strategy.getDefaultInstance());
        ended(promote(value, count), Promotion.State.SUCCEEDED);
    }

    private String promote(String value, int count) {
        ObjectNode job =
                Strategies.withoutDeadline(
                        TestJobs.service("web").count(count).maxParallel(1).release(value));
        return lab.promote(lab.nouns().release(value, Map.of("web", job)), TestNouns.STAGING);
    }

    private List<JobVersion> versions() {
        return NOMAD.cluster().versions(namespace, "web");
    }

    private long serving(String value) {
        return versions().stream()
                .filter(version ->
                        !version.stopped()
                                && version.spec().toString().contains("\"" + value + "\""))
                .mapToLong(version ->
                        NOMAD.cluster().allocations(namespace, "web").stream()
                                .filter(one ->
                                        one.jobVersion() == version.version() && one.serving())
                                .count())
                .sum();
    }

    private void waitsAt(String promotion, String id) {
        until(() -> {
            Phase phase = lab.phase(promotion, "web");
            return phase.getPlanned().getId().equals(id) && phase.getState() == Phase.State.PAUSED;
        });
    }

    private void ended(String promotion, Promotion.State state) {
        until(() -> PromotionStates.ended(lab.promotion(promotion)));
        assertThat(lab.promotion(promotion).getState())
                .as(lab.promotion(promotion).getStateMessage())
                .isEqualTo(state);
    }

    private static void until(BooleanSupplier done) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(done::getAsBoolean);
    }
}
