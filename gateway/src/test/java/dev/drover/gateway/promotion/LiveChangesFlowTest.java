package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.Environment;
import dev.drover.v1.FailureCause;
import dev.drover.v1.GroupCount;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.ScaleApplicationRequest;
import dev.drover.v1.ScaleBounds;
import dev.drover.v1.StopApplicationRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scaling and stopping what runs, on a real store and a simulated Nomad. */
class LiveChangesFlowTest {
    private static final Duration LONG = Duration.ofMinutes(20);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        lab.nouns().declare("staging", "prod", Map.of("api", 0, "web", 1));
        reaches(lab.promote(release("1", 2), TestNouns.STAGING), Promotion.State.SUCCEEDED);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void scalingUpPlacesMoreAndLeavesThoseThatRun() {
        List<String> before = ids("web");
        Promotion promotion = scale("web", 4);
        reaches(promotion.getName(), Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(4);
        assertThat(ids("web")).containsAll(before);
        assertThat(serving("api")).isEqualTo(2);
        Promotion done = lab.promotion(promotion.getName());
        assertThat(done.getKind()).isEqualTo(Promotion.Kind.SCALE);
        assertThat(done.getStateMessage()).endsWith("/releases/1 runs with other counts");
        assertThat(done.getPlan().getStepsList())
                .anySatisfy(step ->
                        assertThat(step)
                                .startsWith(
                                        "wave 1: job \"web\", scale: register it with other counts:")
                                .contains("from 2 to 4"))
                .contains("the next release brings the counts of its jobspec again");
        assertThat(lab.states(TestNouns.STAGING).getRelease()).endsWith("/releases/1");
    }

    @Test
    void scalingDownStopsWhatIsTooMuch() {
        reaches(scale("web", 1).getName(), Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(1);
    }

    @Test
    void scalingToWhatRunsAlreadyChangesNothing() {
        long version = nomad.job("staging", "web").orElseThrow().version();
        reaches(scale("web", 2).getName(), Promotion.State.SUCCEEDED);
        assertThat(nomad.job("staging", "web").orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void scalingTwiceGoesOnFromTheFirst() {
        reaches(scale("web", 3).getName(), Promotion.State.SUCCEEDED);
        reaches(scale("api", 5).getName(), Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(3);
        assertThat(serving("api")).isEqualTo(5);
    }

    @Test
    void registrationWhoseReplyIsLostIsNotSentAgain() {
        nomad.faults().next("register", Fault.LOST_REPLY);
        long version = nomad.job("staging", "web").orElseThrow().version();
        reaches(scale("web", 4).getName(), Promotion.State.SUCCEEDED);
        assertThat(nomad.job("staging", "web").orElseThrow().version()).isEqualTo(version + 1);
    }

    @Test
    void whatFailsAfterScalingGoesBackToTheScaledCounts() {
        reaches(scale("web", 4).getName(), Promotion.State.SUCCEEDED);
        nomad.workloads((job, group) ->
                job.toString().contains("bad") ? Workload.CRASHING : Workload.HEALTHY);
        String promotion = lab.promote(release("bad", 2), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        engine.until(LONG, () -> serving("api") == 2);
        assertThat(
                        nomad.job("staging", "web")
                                .orElseThrow()
                                .spec()
                                .path("TaskGroups")
                                .path(0)
                                .path("Count")
                                .asInt())
                .isEqualTo(4);
    }

    @Test
    void whatARollbackBroughtBackCanBeScaled() {
        reaches(scale("web", 3).getName(), Promotion.State.SUCCEEDED);
        nomad.workloads((job, group) ->
                job.toString().contains("bad") ? Workload.CRASHING : Workload.HEALTHY);
        lab.nouns().strategy(Strategies.steps(50));
        String promotion = lab.promote(release("bad", 2), TestNouns.STAGING);
        reaches(promotion, Promotion.State.ROLLED_BACK);
        reaches(scale("web", 5).getName(), Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(5);
    }

    @Test
    void countOutOfBoundsIsRefusedWithFieldAndBounds() {
        lab.nouns()
                .environment("staging", bounds(1, 6))
                .job(
                        "web",
                        job ->
                                job.putScaleBounds(
                                        group(), ScaleBounds.newBuilder().setMax(3).build()));
        assertThatThrownBy(() -> scale("web", 7))
                .hasMessageContaining("groups[0].count")
                .hasMessageContaining("7 of web." + group() + " is not from 1 to 6")
                .hasMessageContaining(TestNouns.STAGING);
        assertThatThrownBy(() -> scale("web", 4))
                .hasMessageContaining("4 of web." + group() + " is not from 0 to 3")
                .hasMessageContaining(TestNouns.APPLICATION);
        assertThatThrownBy(() -> scale("web", 0)).hasMessageContaining("from 1 to 6");
        reaches(scale("web", 3).getName(), Promotion.State.SUCCEEDED);
    }

    @Test
    void boundsThatChangedWhileItWaitedHold() {
        lab.nouns().approvals(1, "owners", 1, "staging");
        Promotion promotion = scale("web", 4);
        reaches(promotion.getName(), Promotion.State.PENDING_APPROVAL);
        lab.approve(promotion.getName(), PromotionLab.OWNER);
        lab.nouns().environment("staging", bounds(0, 3));
        reaches(promotion.getName(), Promotion.State.FAILED);
        assertThat(lab.promotion(promotion.getName()).getFailureCause())
                .isEqualTo(FailureCause.PLAN_FAILED);
        assertThat(lab.promotion(promotion.getName()).getStateMessage()).contains("from 0 to 3");
        assertThat(serving("web")).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> scale("wbe", 3))
                .hasMessageContaining("groups[0].job")
                .hasMessageContaining("its jobs are api, web");
        assertThatThrownBy(() ->
                        ask(
                                ScaleApplicationRequest.newBuilder()
                                        .addGroups(
                                                GroupCount.newBuilder()
                                                        .setJob("web")
                                                        .setGroup("nope")
                                                        .setCount(1))))
                .hasMessageContaining("groups[0].group")
                .hasMessageContaining("its groups are " + group());
        assertThatThrownBy(() -> ask(ScaleApplicationRequest.newBuilder()))
                .hasMessageContaining("groups");
    }

    @Test
    void jobThatSomebodyElseChangedIsNotScaled() {
        ObjectNode changed = TestJobs.service("web").count(2).release("other").json();
        nomad.register(
                "staging",
                changed,
                nomad.job("staging", "web").orElseThrow().indexes().spec(),
                Submission.NONE);
        Promotion promotion = scale("web", 4);
        reaches(promotion.getName(), Promotion.State.FAILED);
        assertThat(lab.promotion(promotion.getName()).getStateMessage())
                .contains("is not as Drover registered it last");
    }

    @Test
    void stoppingStopsTheLastWaveFirstAndAReleaseStartsItAgain() {
        Promotion promotion = stop();
        engine.until(LONG, () -> serving("web") == 0);
        assertThat(lab.promotion(promotion.getName()).getPlan().getStepsList().getFirst())
                .startsWith("the waves go in reverse order");
        reaches(promotion.getName(), Promotion.State.SUCCEEDED);
        assertThat(lab.promotion(promotion.getName()).getStateMessage())
                .endsWith("/releases/1 is stopped");
        assertThat(lab.promotion(promotion.getName()).getRollout().getPhasesList())
                .extracting(Phase::getJob)
                .containsExactly("web", "api");
        assertThat(nomad.job("staging", "web").orElseThrow().stopped()).isTrue();
        assertThat(serving("api")).isZero();
        Promotion refused = scale("web", 3);
        reaches(refused.getName(), Promotion.State.FAILED);
        assertThat(lab.promotion(refused.getName()).getStateMessage())
                .contains("does not run; promote a release to start it");
        reaches(
                lab.promote(TestNouns.APPLICATION + "/releases/1", TestNouns.STAGING),
                Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(2);
    }

    @Test
    void whatWasStoppedIsBroughtBackByARollback() {
        reaches(stop().getName(), Promotion.State.SUCCEEDED);
        Promotion back =
                (Promotion)
                        lab.call(
                                "RollbackApplication",
                                PromotionLab.OWNER,
                                RollbackApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.STAGING)
                                        .setReason("on again")
                                        .build());
        reaches(back.getName(), Promotion.State.SUCCEEDED);
        assertThat(serving("web")).isEqualTo(2);
    }

    @Test
    void stoppingWhatIsStoppedChangesNothing() {
        reaches(stop().getName(), Promotion.State.SUCCEEDED);
        long version = nomad.job("staging", "web").orElseThrow().version();
        reaches(stop().getName(), Promotion.State.SUCCEEDED);
        assertThat(nomad.job("staging", "web").orElseThrow().version()).isEqualTo(version);
    }

    @Test
    void theyWaitForPeopleAsReleasesDo() {
        lab.nouns().approvals(1, "owners", 1, "staging");
        Promotion promotion = stop();
        reaches(promotion.getName(), Promotion.State.PENDING_APPROVAL);
        assertThat(nomad.job("staging", "web").orElseThrow().stopped()).isFalse();
        lab.approve(promotion.getName(), PromotionLab.OWNER);
        reaches(promotion.getName(), Promotion.State.SUCCEEDED);
    }

    @Test
    void validateOnlyTellsThePlanAndChangesNothing() {
        Promotion told =
                ask(
                        ScaleApplicationRequest.newBuilder()
                                .setValidateOnly(true)
                                .addGroups(
                                        GroupCount.newBuilder()
                                                .setJob("web")
                                                .setGroup(group())
                                                .setCount(4)));
        assertThat(told.getPlan().getStepsList())
                .anySatisfy(step -> assertThat(step).contains("from 2 to 4"));
        assertThat(lab.store().promotion(told.getName())).isEmpty();
    }

    @Test
    void whereNothingWasBroughtNothingIsChanged() {
        assertThatThrownBy(() ->
                        lab.call(
                                "StopApplication",
                                PromotionLab.OWNER,
                                StopApplicationRequest.newBuilder()
                                        .setName(TestNouns.APPLICATION)
                                        .setEnvironment(TestNouns.PROD)
                                        .setReason("off")
                                        .build()))
                .hasMessageContaining("Drover brought no release of it to " + TestNouns.PROD);
    }

    @Test
    void historyOfTheReleaseStaysAsItWas() {
        long before =
                lab.store()
                        .releaseRecord(TestNouns.APPLICATION + "/releases/1", TestNouns.STAGING)
                        .successMillis();
        time.advance(Duration.ofMinutes(5));
        engine = new EngineDriver(lab, time).claim(time.instant());
        reaches(scale("web", 3).getName(), Promotion.State.SUCCEEDED);
        reaches(stop().getName(), Promotion.State.SUCCEEDED);
        assertThat(
                        lab.store()
                                .releaseRecord(
                                        TestNouns.APPLICATION + "/releases/1", TestNouns.STAGING)
                                .successMillis())
                .isEqualTo(before);
    }

    private static Consumer<Environment.Builder> bounds(int min, int max) {
        return environment ->
                environment.setScaleBounds(ScaleBounds.newBuilder().setMin(min).setMax(max));
    }

    private Promotion scale(String job, int count) {
        return ask(
                ScaleApplicationRequest.newBuilder()
                        .setReason("more visitors")
                        .addGroups(
                                GroupCount.newBuilder()
                                        .setJob(job)
                                        .setGroup(group())
                                        .setCount(count)));
    }

    private Promotion ask(ScaleApplicationRequest.Builder request) {
        return call(
                "ScaleApplication",
                request.setName(TestNouns.APPLICATION).setEnvironment(TestNouns.STAGING).build());
    }

    private Promotion stop() {
        return call(
                "StopApplication",
                StopApplicationRequest.newBuilder()
                        .setName(TestNouns.APPLICATION)
                        .setEnvironment(TestNouns.STAGING)
                        .setReason("end of the season")
                        .build());
    }

    private Promotion call(String method, Message request) {
        return (Promotion) lab.call(method, PromotionLab.DEVELOPER, request);
    }

    private static String group() {
        return TestJobs.service("web").json().path("TaskGroups").path(0).path("Name").asText();
    }

    private void reaches(String promotion, Promotion.State state) {
        engine.until(LONG, () -> lab.promotion(promotion).getState() == state);
    }

    private long serving(String job) {
        return nomad.allocations("staging", job).stream().filter(Allocation::serving).count();
    }

    private List<String> ids(String job) {
        return nomad.allocations("staging", job).stream()
                .filter(Allocation::serving)
                .map(Allocation::id)
                .toList();
    }

    private String release(String id, int count) {
        return lab.nouns()
                .release(
                        id,
                        Map.of(
                                "api", job("api", id, count),
                                "web", job("web", id, count)));
    }

    private static ObjectNode job(String name, String release, int count) {
        return TestJobs.service(name)
                .count(count)
                .minHealthy(Duration.ofSeconds(1))
                .release(release)
                .json();
    }
}
