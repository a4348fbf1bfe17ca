package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drover.gateway.cluster.LogRequest.Output;
import dev.drover.gateway.cluster.LogRequest.Start;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What every {@link NomadCluster} tells of what runs: why not placed, checks, logs. */
abstract class ReadingContract extends CanaryContract {
    private static final String NOWHERE = "00000000-0000-4000-8000-000000000000";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void blockedEvaluationTellsWhyNothingIsPlacedUntilAnotherVersionIs() {
        registerOver(TestJobs.service("web").unplaceable().json());

        eventually(() -> assertThat(blocked()).hasSize(1));
        PlacementFailure failure =
                Objects.requireNonNull(blocked().getFirst().placementFailures().get("g"));
        assertThat(failure.constraintFiltered()).containsKey("${attr.kernel.name} = plan9");
        assertThat(nomad.evaluations(namespace, "web").getLast().triggeredBy())
                .isEqualTo("job-register");

        running(TestJobs.service("web").release("2"));
        eventually(() -> assertThat(blocked()).isEmpty());
        assertThat(nomad.evaluations(namespace, "none")).isEmpty();
    }

    private List<Evaluation> blocked() {
        return nomad.evaluations(namespace, "web").stream()
                .filter(one -> one.status().equals("blocked"))
                .toList();
    }

    @Test
    void allocationsAreListedTheOldestFirst() {
        running(TestJobs.service("web").count(3));
        running(TestJobs.service("web").count(3).release("2"));
        running(TestJobs.service("web").count(3).release("3"));

        assertThat(nomad.allocations(namespace, "web"))
                .hasSize(9)
                .isSortedAccordingTo(Comparator.comparingLong(Allocation::jobVersion));
    }

    @Test
    void checkThatFailsIsToldWithWhatItSays() {
        running(TestJobs.service("web").checked());
        String id = allocation("web");

        eventually(() ->
                assertThat(nomad.checks(namespace, id))
                        .singleElement()
                        .satisfies(check -> {
                            assertThat(check.service()).isEqualTo("svc");
                            assertThat(check.check()).isEqualTo("alive");
                            assertThat(check.status()).isEqualTo("failure");
                            assertThat(check.output()).isNotEmpty();
                        }));
        running(TestJobs.service("plain"));
        assertThat(nomad.checks(namespace, allocation("plain"))).isEmpty();
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.checks(namespace, NOWHERE));
    }

    @Test
    void restartedAllocationStaysAndItsTasksCountIt() {
        running(TestJobs.service("web"));
        String id = allocation("web");

        nomad.restart(namespace, id);

        eventually(() -> {
            Allocation now = nomad.allocations(namespace, "web").getFirst();
            assertThat(now.id()).isEqualTo(id);
            assertThat(now.state().client()).isEqualTo(ClientStatus.RUNNING);
            assertThat(now.tasks().getFirst().restarts()).isEqualTo(1);
            assertThat(now.tasks().getFirst().state()).isEqualTo("running");
            assertThat(now.tasks().getFirst().events())
                    .extracting(TaskState.Event::type)
                    .filteredOn(type -> type.equals("Restart Signaled") || type.equals("Started"))
                    .containsExactly("Started", "Restart Signaled", "Started");
        });
        assertThat(nomad.allocations(namespace, "web")).hasSize(1);
        refused(Reason.NOMAD_NOT_FOUND, () -> nomad.restart(namespace, NOWHERE));
    }

    @Test
    void logIsReadByOutputAndFromAnyPlace() {
        running(TestJobs.service("web").script("echo one; echo err >&2; echo two; sleep 1000"));
        String id = allocation("web");

        eventually(
                () -> assertThat(read(id, Output.STDOUT, Start.BEGINNING)).isEqualTo("one\ntwo\n"));
        assertThat(read(id, Output.STDERR, Start.BEGINNING)).isEqualTo("err\n");
        assertThat(read(id, Output.STDOUT, new Start(false, 4))).isEqualTo("two\n");
        assertThat(read(id, Output.STDOUT, new Start(false, 100))).isEmpty();
        assertThat(read(id, Output.STDOUT, new Start(true, 4))).isEqualTo("two\n");
        assertThat(read(id, Output.STDOUT, new Start(true, 100))).isEqualTo("one\ntwo\n");
    }

    @Test
    void firstBytesOfALogAreToldApart() throws Exception {
        running(TestJobs.service("web").script("echo one; echo two; sleep 1000"));
        String id = allocation("web");
        eventually(() -> assertThat(read(id, Output.STDOUT, Start.BEGINNING)).hasSize(8));

        try (TaskLog whole = log(id, "t", false, Start.BEGINNING);
                TaskLog end = log(id, "t", false, new Start(true, 4));
                TaskLog more = log(id, "t", false, new Start(true, 100))) {
            assertThat(whole.next(PATIENCE).first()).isTrue();
            assertThat(end.next(PATIENCE).first()).isFalse();
            assertThat(more.next(PATIENCE).first()).isTrue();
        }
    }

    @Test
    void followedLogGoesOnAtItsEnd() throws Exception {
        running(TestJobs.service("web").script("echo one; sleep 1000"));

        try (TaskLog log = log(allocation("web"), "t", true, Start.BEGINNING)) {
            eventually(() -> assertThat(next(log).bytes().toStringUtf8()).isEqualTo("one\n"));
            assertThat(log.next(Duration.ofMillis(100))).isEqualTo(TaskLog.Part.NOTHING);
        }
    }

    @Test
    void logOfWhatEndedIsStillThere() {
        registerOver(TestJobs.service("once").batch().script("echo done").json());

        // A job may be called dead before its client has heard of the allocation.
        eventually(() ->
                assertThat(nomad.allocations(namespace, "once"))
                        .last()
                        .extracting(allocation -> allocation.state().client())
                        .isEqualTo(ClientStatus.COMPLETE));
        String id = allocation("once");
        eventually(() -> assertThat(read(id, Output.STDOUT, Start.BEGINNING)).isEqualTo("done\n"));
    }

    @Test
    void logThatCannotBeIsRefused() {
        running(TestJobs.service("web"));
        String id = allocation("web");

        assertThat(
                        refused(
                                        Reason.NOMAD_REJECTED,
                                        () -> log(id, "none", false, Start.BEGINNING))
                                .text())
                .contains("none");
        refused(Reason.NOMAD_NOT_FOUND, () -> log(NOWHERE, "t", false, Start.BEGINNING));
    }

    private String allocation(String job) {
        return nomad.allocations(namespace, job).getLast().id();
    }

    private TaskLog log(String allocation, String task, boolean follow, Start start) {
        return nomad.log(namespace, new LogRequest(allocation, task, Output.STDOUT, follow, start));
    }

    /** All of a log that is not followed. */
    private String read(String allocation, Output output, Start start) {
        ByteString all = ByteString.EMPTY;
        try (TaskLog log =
                nomad.log(namespace, new LogRequest(allocation, "t", output, false, start))) {
            for (TaskLog.Part part = next(log); !part.ended(); part = next(log)) {
                all = all.concat(part.bytes());
            }
        }
        return all.toStringUtf8();
    }

    private static TaskLog.Part next(TaskLog log) {
        try {
            return log.next(PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
