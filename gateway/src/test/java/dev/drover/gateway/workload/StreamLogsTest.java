package dev.drover.gateway.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.StreamLogsRequest;
import dev.drover.v1.StreamLogsRequest.Output;
import dev.drover.v1.StreamLogsResponse;
import dev.drover.v1.StreamLogsResponse.EventCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which log is read, what of it is sent, and how it ends. */
class StreamLogsTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final WorkloadLab lab = new WorkloadLab(nomad, "default", time);
    private final Map<String, Workload> workloads = new ConcurrentHashMap<>();
    private volatile String printed = "one\ntwo\nthree\n";

    @BeforeEach
    void behave() {
        nomad.workloads(
                (job, group) -> workloads.getOrDefault(job.path("ID").asText(), Workload.HEALTHY));
        nomad.tasks()
                .printing((job, task, output) ->
                        job.at("/TaskGroups/0/Tasks/0/Env/RELEASE").asText("")
                                + output.name().charAt(3)
                                + "\n"
                                + printed);
        lab.jobs("web");
    }

    @AfterEach
    void close() {
        assertThat(nomad.tasks().openLogs()).as("logs left open").isZero();
        lab.close();
    }

    @Test
    void sourceComesFirstThenTheTextWithThePlaceToGoOnFrom() {
        running(TestJobs.service("web").count(2).release("1"));
        lab.brought("first", "1-0-0", "web");

        List<StreamLogsResponse> all = lab.logs(WorkloadLab.request());

        StreamLogsResponse first = all.getFirst();
        assertThat(first.getSource().getJob()).isEqualTo("web");
        assertThat(first.getSource().getTask()).isEqualTo("t");
        assertThat(first.getSource().getRelease()).endsWith("/1-0-0");
        assertThat(first.getSource().getOthersRunning()).isEqualTo(1);
        assertThat(first.getSource().getAllocation().getStatus()).isEqualTo("running");
        assertThat(WorkloadLab.text(all)).isEqualTo("1O\n" + printed);
        assertThat(all.getLast().getNextOffset()).isEqualTo(3 + printed.length());
        assertThat(WorkloadLab.text(lab.logs(WorkloadLab.request().setOffset(7))))
                .isEqualTo("two\nthree\n");
        assertThat(WorkloadLab.text(lab.logs(WorkloadLab.request().setOutput(Output.STDERR))))
                .startsWith("1E\n");
    }

    @Test
    void tailBeginsAtTheNextFullLine() {
        running(TestJobs.service("web"));

        assertThat(WorkloadLab.text(lab.logs(WorkloadLab.request().setTailBytes(8))))
                .isEqualTo("three\n");
        assertThat(WorkloadLab.text(lab.logs(WorkloadLab.request().setTailBytes(1000))))
                .isEqualTo("O\n" + printed);
    }

    @Test
    void sensitiveValuesAreLeftOutWhereverPiecesAreCut() {
        lab.secret("hunter22-hunter22");
        printed = ("x".repeat(55) + "hunter22-hunter22\n").repeat(20);
        running(TestJobs.service("web"));

        String all = WorkloadLab.text(lab.logs(WorkloadLab.request()));
        String tail =
                WorkloadLab.text(
                        lab.logs(WorkloadLab.request().setTailBytes(printed.length() - 60)));

        assertThat(all).contains("x(sensitive)\n").doesNotContain("hunter", "22");
        assertThat(tail).contains("x(sensitive)\n").doesNotContain("hunter", "22");
    }

    @Test
    void followedLogEndsAfterTheAllocationWithTheReason() {
        workloads.put("web", new Workload.Crashes(Duration.ofSeconds(1), 3));
        lab.register(TestJobs.service("web"));
        time.advance(Duration.ofSeconds(5));

        List<StreamLogsResponse> all = lab.logs(WorkloadLab.request().setFollow(true));

        assertThat(WorkloadLab.text(all)).isEqualTo("O\n" + printed);
        assertThat(all.getLast().getEventCase()).isEqualTo(EventCase.END);
        assertThat(all.getLast().getEnd())
                .matches("allocation [0-9a-f]{8} is failed; Terminated: Exit Code: 3");
    }

    @Test
    void callerWhoLeavesEndsTheReading() {
        running(TestJobs.service("web"));
        InterruptedException left =
                catchThrowableOfType(
                        InterruptedException.class,
                        () ->
                                lab.logs(
                                        WorkloadLab.request().setFollow(true).build(),
                                        answer -> {
                                            throw new InterruptedException("the caller left");
                                        }));

        assertThat(left).isNotNull();
        assertThat(nomad.tasks().openLogs()).isZero();
    }

    @Test
    void previousIsWhatWasInTheSamePlace() {
        running(TestJobs.service("web").count(2).release("1"));
        running(TestJobs.service("web").count(2).release("2"));

        List<StreamLogsResponse> now = lab.logs(WorkloadLab.request());
        List<StreamLogsResponse> before = lab.logs(WorkloadLab.request().setPrevious(true));

        assertThat(WorkloadLab.text(now)).startsWith("2O\n");
        assertThat(WorkloadLab.text(before)).startsWith("1O\n");
        assertThat(before.getFirst().getSource().getAllocation().getName())
                .isEqualTo(now.getFirst().getSource().getAllocation().getName());
        String id = before.getFirst().getSource().getAllocation().getAllocationId();
        assertThat(
                        WorkloadLab.text(
                                lab.logs(WorkloadLab.request().setAllocation(id.substring(0, 8)))))
                .startsWith("1O\n");
        assertThat(refused(WorkloadLab.request().setAllocation(id).setPrevious(true)).text())
                .contains("no allocation was in the place of web.g[");
    }

    @Test
    void nothingRunningIsSaidWithTheReason() {
        GatewayException none = refused(WorkloadLab.request());
        assertThat(none.reason()).isEqualTo(Reason.TRANSITION_NOT_ALLOWED);
        assertThat(none.text())
                .contains("nothing runs yet: Nomad has no job \"web\"", WorkloadLab.PROD);

        workloads.put("web", new Workload.FitsNowhere("x"));
        lab.register(TestJobs.service("web"));
        time.advance(Duration.ofSeconds(1));
        assertThat(refused(WorkloadLab.request()).text())
                .contains("job \"web\" has no allocation: none was placed");

        workloads.put("web", new Workload.NeverStarts());
        nomad.evaluate("default", "web");
        time.advance(Duration.ofSeconds(1));
        assertThat(refused(WorkloadLab.request()).text())
                .contains("task \"t\" of allocation ")
                .contains("has no log")
                .contains("not started yet");
    }

    @Test
    void whatDoesNotExistIsNamedWithWhatDoes() {
        running(TestJobs.service("web"));
        String id = nomad.allocations("default", "web").getFirst().id().substring(0, 8);

        assertThat(field(WorkloadLab.request().setJob("none")))
                .contains("job: there is no job 'none'; the jobs of")
                .endsWith("are web");
        assertThat(field(WorkloadLab.request().setTask("none")))
                .contains("task: there is no task 'none'; the tasks of group \"g\" are t");
        assertThat(field(WorkloadLab.request().setAllocation("ffff")))
                .contains("allocation: there is no allocation 'ffff'; there are " + id)
                .contains("(running)");
        assertThat(field(WorkloadLab.request().setAllocation("0")))
                .contains("shorter than 4 characters");
        assertThat(field(WorkloadLab.request().setTailBytes(-1))).contains("-1 is negative");
        assertThat(field(WorkloadLab.request().setTailBytes(1).setOffset(1)))
                .contains("excludes offset");
        assertThat(field(WorkloadLab.request().setOutputValue(9)))
                .contains("9 is neither STDOUT nor STDERR");
        lab.jobs("web", "api");
        assertThat(field(WorkloadLab.request())).contains("job: is required", "web, api");
    }

    private void running(TestJobs job) {
        lab.register(job);
        time.advance(Duration.ofSeconds(10));
    }

    private String field(StreamLogsRequest.Builder request) {
        GatewayException refusal = refused(request);
        assertThat(refusal.reason()).as(refusal.text()).isEqualTo(Reason.INVALID_FIELD);
        return refusal.text();
    }

    private GatewayException refused(StreamLogsRequest.Builder request) {
        return Objects.requireNonNull(
                catchThrowableOfType(GatewayException.class, () -> lab.logs(request)),
                "not refused");
    }
}
