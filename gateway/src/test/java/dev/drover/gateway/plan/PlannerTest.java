package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.error.ErrorDetails.FieldViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobspecFormat;
import dev.drover.v1.ResourceFacts;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plans against the real Nomad. */
class PlannerTest {

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private static final String FAILS_AT_ONCE =
            PlanFixture.WEB
                    .replace("sleep 1000", "exit 1")
                    .replace("min_healthy_time = \"0s\"", "min_healthy_time = \"2s\"")
                    .replace(
                            "update {",
                            "restart {\n attempts = 0\n mode = \"fail\"\n}\n"
                                    + "reschedule {\n attempts = 0\n unlimited = false\n}\nupdate {");

    private final RealPlanner planner = new RealPlanner(NOMAD);
    private String namespace = "";

    @BeforeEach
    void isolate() {
        namespace = NOMAD.freshNamespace();
    }

    private PlanFixture web() {
        return PlanFixture.shop().namespace(namespace).job("web", PlanFixture.WEB);
    }

    @Test
    void newJobIsCreatedWithoutCanaries() {
        PlannedChange change = planner.plan(web().strategy(PlanFixture.canary(1)));
        JobPlan job = change.plan().getJobs(0);
        assertThat(job.getChange()).isEqualTo(JobPlan.Change.CREATED);
        assertThat(job.getJobModifyIndex()).isZero();
        assertThat(job.getDesiredUpdatesMap())
                .containsEntry("web", DesiredUpdates.newBuilder().setPlace(2).build());
        assertThat(job.getTasksList())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.getDriver()).isEqualTo("raw_exec");
                    assertThat(task.getImage()).isEqualTo("/bin/sh");
                    assertThat(task.getMemoryMb()).isEqualTo(10);
                    assertThat(task.getCount()).isEqualTo(2);
                });
        assertThat(job.getResources())
                .isEqualTo(ResourceFacts.newBuilder().setCpuAfter(20).setMemoryMbAfter(20).build());
        assertThat(change.plan().getStepsList())
                .containsExactly(
                        "wave 0: job \"web\", register: register it and place 2 of group \"web\"; nothing runs yet, so there is nothing to try it beside; an abort here: nothing ran before; what was placed is left as it is",
                        "if a job fails: roll back to the last good release by itself");
    }

    @Test
    void changedJobTellsTheFieldAndPlacesACanary() {
        PlanFixture before = web().strategy(PlanFixture.canary(1));
        planner.register(planner.plan(before), before);
        PlanFixture after =
                web().strategy(PlanFixture.canary(1)).releaseVariables("{\"greeting\": \"moin\"}");
        // Canaries stand beside allocations that run: Nomad has to place those first.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> planner.job(after).getDesiredUpdatesOrThrow("web").getIgnore() == 2);
        JobPlan job = planner.job(after);
        assertThat(job.getChange()).isEqualTo(JobPlan.Change.CHANGED);
        assertThat(job.getFieldChangesList())
                .containsExactly(
                        FieldChange.newBuilder()
                                .setPath("group.web.task.server.env.GREETING")
                                .setType(FieldChange.Type.EDITED)
                                .setOldValue("hello")
                                .setNewValue("moin")
                                .addAnnotations("forces create/destroy update")
                                .build());
        assertThat(job.getDesiredUpdatesOrThrow("web").getCanary()).isEqualTo(1);
        assertThat(job.getDesiredUpdatesOrThrow("web").getIgnore()).isEqualTo(2);
    }

    @Test
    void resourcesAreSummedUpBeforeAndAfter() {
        PlanFixture before = web();
        planner.register(planner.plan(before), before);
        String more =
                PlanFixture.WEB
                        .replace("count = 2", "count = 3")
                        .replace("cpu    = 10", "cpu    = 20");
        PlanFixture after = PlanFixture.shop().namespace(namespace).job("web", more);
        assertThat(planner.job(after).getResources())
                .isEqualTo(
                        ResourceFacts.newBuilder()
                                .setCpuBefore(20)
                                .setCpuAfter(60)
                                .setMemoryMbBefore(20)
                                .setMemoryMbAfter(30)
                                .build());
        PlanFixture other =
                PlanFixture.shop()
                        .namespace(namespace)
                        .job("web", PlanFixture.WEB.replace("group \"web\"", "group \"api\""));
        assertThat(planner.job(other).getResources())
                .isEqualTo(
                        ResourceFacts.newBuilder()
                                .setCpuBefore(20)
                                .setCpuAfter(20)
                                .setMemoryMbBefore(20)
                                .setMemoryMbAfter(20)
                                .build());
    }

    @Test
    void unchangedJobIsNoneAndKeepsTheDigestWhenPlannedAgain() {
        PlanFixture fixture = web();
        PlannedChange created = planner.plan(fixture);
        planner.register(created, fixture);
        PlannedChange first = planner.plan(fixture);
        PlannedChange second = planner.plan(fixture);
        assertThat(first.plan().getJobs(0).getChange()).isEqualTo(JobPlan.Change.NONE);
        assertThat(first.plan().getStepsList())
                .first()
                .asString()
                .endsWith("unchanged and skipped");
        assertThat(first.plan().getDigest())
                .isEqualTo(second.plan().getDigest())
                .isNotEqualTo(created.plan().getDigest());
    }

    @Test
    void everyInputMovesTheDigest() {
        String digest = planner.plan(web()).plan().getDigest();
        PlanFixture environment = web();
        environment.environment().setDisplayName("another");
        PlanFixture application = web();
        application.application().setEtag("a2");
        PlanFixture rotated = web();
        rotated.environment().putSensitiveVariableDigests("password", "k2");
        assertThat(planner.plan(environment).plan().getDigest()).isNotEqualTo(digest);
        assertThat(planner.plan(application).plan().getDigest()).isNotEqualTo(digest);
        assertThat(planner.plan(rotated).plan().getDigest()).isNotEqualTo(digest);
        assertThat(planner.plan(web().strategy(PlanFixture.rolling(3))).plan().getDigest())
                .isNotEqualTo(digest);
        assertThat(planner.plan(web()).plan().getDigest()).isEqualTo(digest);
        PlanFixture waiting = web();
        waiting.environment().setEtag("e2").setMaxRunningPromotions(3);
        assertThat(planner.plan(waiting).plan().getDigest())
                .as("how promotions wait for one another is not what people approve")
                .isEqualTo(digest);
    }

    @Test
    void restoredJobsAreThoseOfBeforeWithoutCanaries() {
        PlanFixture good = web().strategy(PlanFixture.canary(1));
        PlannedChange first = planner.plan(good);
        planner.register(first, good);
        PlanFixture bad =
                web().strategy(PlanFixture.canary(1)).releaseVariables("{\"greeting\": \"x\"}");
        planner.register(planner.plan(bad), bad);
        Rendering kept = Rendering.parse(first.rendering().toBytes());

        PlannedChange back = planner.planner().planRestored(good.request(), kept);

        assertThat(back.plan().getJobs(0).getDesiredUpdatesOrThrow("web").getCanary()).isZero();
        assertThat(back.plan().getJobs(0).getFieldChangesList())
                .extracting(FieldChange::getPath)
                .contains("group.web.task.server.env.GREETING", "group.web.update.canary");
        assertThat(back.rendering().jobs().getFirst().spec().at("/TaskGroups/0/Tasks/0"))
                .isEqualTo(first.rendering().jobs().getFirst().spec().at("/TaskGroups/0/Tasks/0"));
        assertThat(back.plan().getStepsList())
                .last()
                .isEqualTo("if a job fails: stop and say so; a rollback is not rolled back");
    }

    @Test
    void renderingSurvivesItsBytes() {
        Rendering rendering = planner.plan(web()).rendering();
        assertThat(Rendering.parse(rendering.toBytes())).isEqualTo(rendering);
    }

    @Test
    void jobsGoByWavesWhateverTheirOrderInTheRelease() {
        String other = PlanFixture.WEB.replace("job \"web\"", "job \"migrate\"");
        PlannedChange change =
                planner.plan(
                        PlanFixture.shop()
                                .namespace(namespace)
                                .job("web", 2, PlanFixture.WEB, JobspecFormat.HCL2)
                                .job("migrate", 1, other, JobspecFormat.HCL2));
        assertThat(change.plan().getJobsList())
                .extracting(JobPlan::getJob)
                .containsExactly("migrate", "web");
    }

    @Test
    void noRoomIsToldInNomadsCounts() {
        JobPlan job = planner.job(web("memory = 10", "memory = 9000000"));
        assertThat(job.getPlacementFailuresList())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure.getNodesExhausted()).isEqualTo(1);
                    assertThat(failure.getMessage())
                            .startsWith("group \"web\": no place for ")
                            .contains("1 of 1 nodes without room (memory: 1)");
                });
    }

    @Test
    void unknownDriverIsToldAsRuledOutNodes() {
        JobPlan job = planner.job(web("\"raw_exec\"", "\"warp\""));
        assertThat(job.getPlacementFailures(0).getMessage())
                .contains("1 of 1 nodes ruled out (missing drivers (the group uses warp): 1)");
    }

    @Test
    void missingNamespaceIsItsOwnRefusal() {
        GatewayException refusal = planner.refusal(web().namespace("nowhere"));
        assertThat(refusal.reason()).isEqualTo(Reason.NAMESPACE_NOT_FOUND);
        assertThat(refusal.text()).contains("nowhere");
    }

    @Test
    void jobOfAnotherNameIsRefusedOnItsField() {
        GatewayException refusal = planner.refusal(web("job \"web\"", "job \"shop\""));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("\"shop\"").contains("\"web\"");
        assertThat(refusal.details().fields())
                .extracting(FieldViolation::field)
                .containsExactly("release.jobs[0].jobspec");
    }

    @Test
    void parseErrorKeepsNomadsPosition() {
        GatewayException refusal = planner.refusal(web("count = 2", "count = "));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("input.hcl:7,");
    }

    @Test
    void unsetVariableTellsWhereToSetIt() {
        GatewayException refusal = planner.refusal(web("default = \"hello\"", ""));
        assertThat(refusal.text())
                .contains("Unset variable \"greeting\"")
                .contains("set it in the variables of " + PlanFixture.PROD + " or of the release");
    }

    @Test
    void invalidUpdateBlockKeepsNomadsWords() {
        GatewayException refusal =
                planner.refusal(web("min_healthy_time = \"0s\"", "min_healthy_time = \"20m\""));
        assertThat(refusal.reason()).isEqualTo(Reason.NOMAD_REJECTED);
        assertThat(refusal.text())
                .contains("Minimum healthy time must be less than healthy deadline");
    }

    @Test
    void batchJobCannotHaveCanaries() {
        String batch = PlanFixture.WEB.replace("group \"web\"", "type = \"batch\"\n group \"web\"");
        String plain = batch.replaceAll("update \\{[^}]*}", "");
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .namespace(namespace)
                                .job("web", plain)
                                .strategy(PlanFixture.canary(1)));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("a batch job cannot be rolled out with canaries");
        JobPlan rolling = planner.job(PlanFixture.shop().namespace(namespace).job("web", plain));
        assertThat(rolling.getChange()).isEqualTo(JobPlan.Change.CREATED);
    }

    @Test
    void releaseWithoutAJobOfTheApplicationIsRefused() {
        PlanFixture fixture = web();
        fixture.application().addJobs(ApplicationJob.newBuilder().setId("worker"));
        GatewayException refusal = planner.refusal(fixture);
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("brings no jobspec for worker");
    }

    @Test
    void unchangedJobWhoseDeploymentFailedSaysSo() {
        PlanFixture broken = PlanFixture.shop().namespace(namespace).job("web", FAILS_AT_ONCE);
        planner.register(planner.plan(broken), broken);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(planner.job(broken).getWarnings())
                                .contains("its last deployment failed: "));
        assertThat(planner.job(broken).getChange()).isEqualTo(JobPlan.Change.NONE);
    }

    private PlanFixture web(String part, String instead) {
        assertThat(PlanFixture.WEB).contains(part);
        return PlanFixture.shop()
                .namespace(namespace)
                .job("web", PlanFixture.WEB.replace(part, instead));
    }
}
