package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Environment;
import dev.drover.v1.Project;
import dev.drover.v1.WatchEnvironmentsRequest;
import dev.drover.v1.WatchEnvironmentsResponse;
import dev.drover.v1.WatchProjectsRequest;
import dev.drover.v1.WatchProjectsResponse;
import dev.drover.v1.WatchProjectsResponse.EventCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {
    private final TestBaseline baseline = new TestBaseline();

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void whatExistsComesFirstThenAHeartbeatThenTheChanges() {
        project("a");
        project("b");
        try (TestWatcher watcher = watch("", "")) {
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/a");
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/b");
            WatchProjectsResponse heartbeat = next(watcher);
            assertThat(heartbeat.getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            assertThat(heartbeat.getHeartbeat().getTime())
                    .as("the gateway's time, which limits are told in")
                    .isEqualTo(Fields.timestamp(baseline.clock().instant()));
            Project created = project("c");
            assertThat(next(watcher).getProject()).isEqualTo(created);
            Project updated = baseline.update(created.toBuilder().setDisplayName("C").build());
            assertThat(next(watcher).getProject()).isEqualTo(updated);
            baseline.delete(Project.class, "projects/a");
            assertThat(next(watcher).getDeleted()).isEqualTo("projects/a");
        }
    }

    @Test
    void aWatcherGoesOnWhereItWas() {
        project("a");
        String token;
        try (TestWatcher watcher = watch("", "")) {
            next(watcher);
            token = next(watcher).getResumeToken();
        }
        project("b");
        baseline.delete(Project.class, "projects/a");
        try (TestWatcher watcher = watch("", token)) {
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/b");
            assertThat(next(watcher).getDeleted()).isEqualTo("projects/a");
        }
    }

    @Test
    void aWatcherThatLeftAmidTheListGetsTheRestOfIt() {
        project("a");
        project("b");
        String token;
        try (TestWatcher watcher = watch("", "")) {
            token = next(watcher).getResumeToken();
        }
        try (TestWatcher watcher = watch("", token)) {
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/b");
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
        }
    }

    @Test
    void aFilteredWatcherIsToldWhatStopsMatching() {
        Project a = baseline.create("projects/a", Project.newBuilder().putLabels("x", "1").build());
        project("b");
        try (TestWatcher watcher = watch("labels.x = 1", "")) {
            assertThat(next(watcher).getProject()).isEqualTo(a);
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            baseline.update(Project.newBuilder().setName("projects/b").setDisplayName("B").build());
            baseline.update(a.toBuilder().putLabels("x", "2").build());
            assertThat(next(watcher).getDeleted()).isEqualTo("projects/a");
        }
    }

    @Test
    void onlyChildrenOfTheParentAreSeen() {
        baseline.createSamples();
        baseline.create("projects/zoo", Project.getDefaultInstance());
        var request = WatchEnvironmentsRequest.newBuilder().setParent("projects/zoo").build();
        try (TestWatcher watcher = new TestWatcher(baseline, request)) {
            assertThat(((WatchEnvironmentsResponse) watcher.next()).hasHeartbeat()).isTrue();
            Environment environment = Environment.newBuilder().setCluster("clusters/local").build();
            baseline.create("projects/shop/environments/qa", environment);
            Environment seen = baseline.create("projects/zoo/environments/qa", environment);
            assertThat(((WatchEnvironmentsResponse) watcher.next()).getEnvironment())
                    .isEqualTo(seen);
        }
    }

    @Test
    void aWatcherWhoseChangesWereForgottenIsToldToListAgain() {
        project("a");
        TestBaseline forgetful = baseline.through(RecordsBetween::forgetful);
        String old = new ResumeToken(0, "").toString();
        var request = WatchProjectsRequest.newBuilder().setResumeToken(old).build();
        try (TestWatcher watcher = new TestWatcher(forgetful, request)) {
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            WatchProjectsResponse gap = next(watcher);
            assertThat(gap.getEventCase()).isEqualTo(EventCase.GAP);
            assertThat(ResumeToken.parse(gap.getResumeToken()).position())
                    .isEqualTo(baseline.store.records().position());
            project("b");
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/b");
        }
    }

    @Test
    void aTokenFromTheFutureOfAnotherStoreIsAGap() {
        String token = new ResumeToken(1_000_000, "").toString();
        try (TestWatcher watcher = watch("", token)) {
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.GAP);
            project("a");
            assertThat(next(watcher).getProject().getName()).isEqualTo("projects/a");
        }
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        for (String token : new String[] {"x", "!!", "MTIz"}) {
            var request = WatchProjectsRequest.newBuilder().setResumeToken(token).build();
            GatewayException refusal =
                    catchThrowableOfType(
                            GatewayException.class, () -> baseline.stream(request, answer -> {}));
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_QUERY);
        }
    }

    private Project project(String id) {
        return baseline.create("projects/" + id, Project.getDefaultInstance());
    }

    private TestWatcher watch(String filter, String token) {
        return new TestWatcher(
                baseline,
                WatchProjectsRequest.newBuilder().setFilter(filter).setResumeToken(token).build());
    }

    private static WatchProjectsResponse next(TestWatcher watcher) {
        return (WatchProjectsResponse) watcher.next();
    }
}
