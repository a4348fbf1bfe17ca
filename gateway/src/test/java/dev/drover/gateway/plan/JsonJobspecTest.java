package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.JobPlan;
import dev.drover.v1.JobspecFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonJobspecTest {

    private static final String JOB =
            """
            {"ID": "web", "Name": "web", "Status": "running", "Version": 7, "Stop": true, "Meta": null,
             "TaskGroups": [{"Name": "g", "Tasks": [
               {"Name": "t", "Driver": "raw_exec", "Config": {"command": "/bin/true"}}]}]}
            """;

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final RealPlanner planner = new RealPlanner(NOMAD);

    private static PlanFixture json(String jobspec) {
        return PlanFixture.shop().job("web", 0, jobspec, JobspecFormat.JSON);
    }

    @Test
    void bareAndWrappedJobsAreTheSame() {
        PlannedChange bare = planner.plan(json(JOB));
        PlannedChange wrapped = planner.plan(json("{\"Job\": " + JOB + "}"));
        assertThat(bare.plan().getJobs(0).getChange()).isEqualTo(JobPlan.Change.CREATED);
        assertThat(bare.plan().getJobs(0).getRenderedDigest())
                .isEqualTo(wrapped.plan().getJobs(0).getRenderedDigest());
    }

    @Test
    void whatNomadKeepsBesideARunningJobIsNotBroughtAlong() {
        JsonNode spec = planner.plan(json(JOB)).rendering().jobs().getFirst().spec();
        assertThat(spec.has("Status")).isFalse();
        assertThat(spec.has("Version")).isFalse();
        assertThat(spec.has("Stop")).isFalse();
        assertThat(spec.has("Meta")).isFalse();
    }

    @Test
    void brokenJsonTellsLineAndColumn() {
        GatewayException refusal = planner.refusal(json("{\n  \"ID\": ,\n}"));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text()).contains("release.jobs[0].jobspec").contains("line 2, column 9");
    }

    @ParameterizedTest
    @CsvSource({"\"Driver\",\"driver\"", "\"Tasks\",\"tASKS\"", "\"TaskGroups\",\"taſkgroupſ\""})
    void baselineSeesADriverWhateverItsSpelling(String key, String spelled) {
        PlanFixture fixture =
                json(
                        JOB.replace(
                                '"' + key.replace("\"", "") + '"',
                                '"' + spelled.replace("\"", "") + '"'));
        fixture.environment().setJobBaseline(JobBaseline.newBuilder().addAllowedDrivers("docker"));
        GatewayException refusal = planner.refusal(fixture);
        assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN_BY_BASELINE);
        assertThat(refusal.text()).contains("driver: \"raw_exec\" is not allowed");
    }

    @Test
    void sameKeyInTwoSpellingsIsRefused() {
        assertThat(
                        planner.refusal(
                                        json(
                                                JOB.replace(
                                                        "\"Driver\"",
                                                        "\"driver\": \"docker\", \"Driver\"")))
                                .text())
                .contains("\"Driver\" is there twice in Tasks");
    }
}
