package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Project;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final int CALLERS = 16;

    private final TestBaseline baseline = new TestBaseline();

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void updatesOfDifferentLabelsAtOnceAreAllKeptOrRefusedButNeverLost() {
        Project created = baseline.create("projects/a", Project.getDefaultInstance());
        List<Message> requests = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Project input = created.toBuilder().setDisplayName("n" + i).build();
            requests.add(baseline.updateRequest(input, "display_name"));
        }
        List<Object> answers = allAtOnce(requests);
        List<Object> won = answers.stream().filter(Project.class::isInstance).toList();
        assertThat(won).hasSize(1);
        assertThat(answers)
                .filteredOn(GatewayException.class::isInstance)
                .hasSize(CALLERS - 1)
                .allMatch(each -> ((GatewayException) each).reason() == Reason.ETAG_MISMATCH);
    }

    @Test
    void updatesWithoutAnEtagAreMadeOneAfterTheOther() {
        baseline.create("projects/a", Project.getDefaultInstance());
        List<Message> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Project input =
                    Project.newBuilder().setName("projects/a").setDisplayName("n" + i).build();
            requests.add(baseline.updateRequest(input));
        }
        assertThat(allAtOnce(requests)).hasSize(4).allMatch(Project.class::isInstance);
        assertThat(baseline.lookup.get(Project.class, "projects/a").revision()).isEqualTo(5);
    }

    @Test
    void oneRequestSentManyTimesAtOnceHappensOnce() {
        for (int round = 0; round < 10; round++) {
            Message create =
                    baseline.createRequest("projects/a" + round, Project.getDefaultInstance());
            Message request = Requests.with(create.toBuilder(), "request_id", "once" + round);
            List<Object> answers = allAtOnce(Collections.nCopies(CALLERS, request));
            assertThat(answers).allMatch(answers.getFirst()::equals);
            assertThat(baseline.store.audit().size()).isEqualTo(round + 1);
        }
    }

    @Test
    void aRequestThatIsOvertakenByItsRepetitionGetsTheAnswerOfThat() {
        Message create = baseline.createRequest("projects/a", Project.getDefaultInstance());
        Message request = Requests.with(create.toBuilder(), "request_id", "once");
        List<Message> repetition = new ArrayList<>();
        TestBaseline slow =
                baseline.through(records ->
                        RecordsBetween.overtaken(
                                records, () -> repetition.add(baseline.call(request))));
        assertThat(slow.call(request)).isEqualTo(repetition.getFirst());
    }

    private List<Object> allAtOnce(List<Message> requests) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Message>> calls =
                    requests.stream()
                            .map(request -> callers.submit(() -> baseline.call(request)))
                            .toList();
            return calls.stream().map(RaceTest::outcome).toList();
        }
    }

    private static Object outcome(Future<Message> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            return java.util.Objects.requireNonNull(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
