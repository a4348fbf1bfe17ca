package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.decision.PlaceHistory;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rules of later promotions see of earlier ones. */
class OutcomeFlowTest {
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
        lab.nouns()
                .declare("staging", "prod", Map.of("web", 0))
                .strategy(
                        Strategy.newBuilder()
                                .setCanary(CanaryStrategy.newBuilder().setCount(1))
                                .build());
        nomad.workloads((job, group) ->
                job.toString().contains("crashing") ? Workload.CRASHING : Workload.HEALTHY);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void outcomesAreKeptTheNewestFirstWithTheReleaseThatRuns() {
        promote("1", "one");
        promote("2", "crashing");
        promote("3", "three");

        PlaceHistory place = place();

        assertThat(place.outcomes())
                .extracting(
                        PlaceHistory.Outcome::kind,
                        one -> Names.id(one.release()),
                        one -> one.end().state())
                .containsExactly(
                        tuple("RELEASE", "3", "SUCCEEDED"),
                        tuple("RELEASE", "2", "ROLLED_BACK"),
                        tuple("ROLLBACK", "1", "SUCCEEDED"),
                        tuple("RELEASE", "1", "SUCCEEDED"));
        assertThat(place.outcomes())
                .allSatisfy(one -> assertThat(one.end().takenBack()).isFalse())
                .allSatisfy(one -> assertThat(one.end().took()).isPositive());
        assertThat(Names.id(place.runningRelease())).isEqualTo("3");
        assertThat(place.runningVersion()).isEqualTo("3");
    }

    @Test
    void whatAPersonRollsBackIsMarked() {
        promote("1", "one");
        promote("2", "two");
        String rollback =
                ((Promotion)
                                lab.call(
                                        "RollbackApplication",
                                        PromotionLab.DEVELOPER,
                                        RollbackApplicationRequest.newBuilder()
                                                .setName(TestNouns.APPLICATION)
                                                .setEnvironment(TestNouns.STAGING)
                                                .setReason("2 is slow")
                                                .build()))
                        .getName();
        end(rollback);

        assertThat(place().outcomes())
                .extracting(one -> Names.id(one.release()), one -> one.end().takenBack())
                .containsExactly(tuple("1", false), tuple("2", true), tuple("1", false));
        assertThat(Names.id(place().runningRelease())).isEqualTo("1");
    }

    @Test
    void imagesOfASuccessAreKeptWithTheRelease() {
        String image = "registry.example/shop/web:1@sha256:ab";
        ObjectNode job = service("one").json();
        ((ObjectNode) job.at("/TaskGroups/0/Tasks/0"))
                .put("Driver", "docker")
                .putObject("Config")
                .put("image", image);
        String promotion =
                lab.promote(lab.nouns().release("1", Map.of("web", job)), TestNouns.STAGING);
        end(promotion);

        assertThat(
                        Objects.requireNonNull(
                                        new PromotionHistory(lab.files().store())
                                                .of(
                                                        lab.promotion(promotion).getRelease(),
                                                        List.of(TestNouns.STAGING))
                                                .get(TestNouns.STAGING))
                                .images())
                .containsExactly(image);
    }

    @Test
    void nothingIsKnownOfAPlaceWhereNothingHappened() {
        assertThat(place()).isEqualTo(PlaceHistory.NONE);
    }

    private PlaceHistory place() {
        return Objects.requireNonNull(
                new PromotionHistory(lab.files().store())
                        .places(TestNouns.APPLICATION, List.of(TestNouns.STAGING))
                        .get(TestNouns.STAGING));
    }

    private void promote(String release, String value) {
        TestJobs job = service(value);
        if (value.equals("crashing")) {
            job.script("exit 1 # crashing");
        }
        end(
                lab.promote(
                        lab.nouns().release(release, Map.of("web", job.json())),
                        TestNouns.STAGING));
    }

    private void end(String promotion) {
        engine.until(LONG, () -> PromotionStates.ended(lab.promotion(promotion)));
    }

    private static TestJobs service(String value) {
        return TestJobs.service("web").count(2).minHealthy(Duration.ofSeconds(1)).release(value);
    }
}
