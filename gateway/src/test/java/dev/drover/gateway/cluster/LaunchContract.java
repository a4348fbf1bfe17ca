package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link NomadCluster} does with jobs that launch others. */
abstract class LaunchContract extends ReadingContract {

    @Test
    void parameterizedJobRunsOnceForEachToken() {
        Registration registration =
                nomad.register(
                        namespace,
                        TestJobs.service("par").parameterized().json(),
                        0,
                        Submission.NONE);
        assertThat(registration.evaluationId()).isEmpty();

        String run = nomad.dispatch(namespace, "par", "t1", Map.of("why", "test"), "");

        assertThat(nomad.dispatch(namespace, "par", "t1", Map.of("why", "test"), ""))
                .isEqualTo(run);
        assertThat(nomad.dispatch(namespace, "par", "t2", Map.of(), "")).isNotEqualTo(run);
        assertThat(nomad.launched(namespace, "par").values()).hasSize(2).contains(run);
        eventuallyRan(run);
    }

    @Test
    void periodicJobRunsWhenItIsForced() {
        nomad.register(namespace, TestJobs.service("per").periodic().json(), 0, Submission.NONE);
        long index = nomad.job(namespace, "per").orElseThrow().indexes().spec();
        assertThat(nomad.launched(namespace, "per")).isEmpty();

        String run = nomad.force(namespace, "per");

        assertThat(run).startsWith("per/periodic-");
        assertThat(nomad.launched(namespace, "per").tailMap(index + 1).values())
                .containsExactly(run);
        eventuallyRan(run);
    }

    @Test
    void jobThatLaunchesNothingIsRefused() {
        nomad.register(namespace, TestJobs.service("web").json(), 0, Submission.NONE);
        refused(Reason.NOMAD_REJECTED, () -> nomad.dispatch(namespace, "web", "t", Map.of(), ""));
    }

    private void eventuallyRan(String run) {
        eventually(() -> {
            assertThat(nomad.job(namespace, run).orElseThrow().status()).isEqualTo("dead");
            assertThat(nomad.allocations(namespace, run))
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.state().client()).isEqualTo(ClientStatus.COMPLETE));
        });
    }
}
