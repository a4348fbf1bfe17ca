package dev.drover.gateway.cluster;

import static dev.drover.gateway.cluster.NomadClusterContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.SimulatedNomad.Registered;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the simulated Nomad offers beyond the contract: faults, behaviours, and exact times. */
class SimulatedNomadTest {

    private final TestJobs web = TestJobs.service("web").count(2);

    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);

    @Test
    void lostReplyTookEffectAndLostRequestDidNot() {
        nomad.faults().next("register", Fault.LOST_REQUEST);
        nomad.faults().next("register", Fault.LOST_REPLY);

        assertThat(ambiguous(unreachable())).isEqualTo("true");
        assertThat(nomad.job("default", "web")).isEmpty();
        assertThat(ambiguous(unreachable())).isEqualTo("true");
        assertThat(nomad.job("default", "web")).isPresent();
        refused(Reason.NOMAD_CONFLICT, this::register);
        assertThat(nomad.registrations())
                .containsExactly(new Registered("default", "web", 0, true));
    }

    @Test
    void refusedConnectionIsNotAmbiguous() {
        nomad.faults().always(call -> Fault.REFUSED);

        assertThat(ambiguous(unreachable())).isEqualTo("false");
        refused(Reason.NOMAD_UNREACHABLE, nomad::status);
        nomad.faults().heal();
        assertThat(nomad.job("default", "web")).isEmpty();
    }

    @Test
    void nothingHappensWhileTheClockStandsStill() {
        register();
        assertThat(nomad.latestDeployment("default", "web")).isEmpty();

        time.advance(Duration.ofMillis(5));
        assertThat(status()).isEqualTo(DeploymentStatus.RUNNING);
        time.advance(Duration.ofMillis(1849));
        assertThat(status()).isEqualTo(DeploymentStatus.RUNNING);
        time.advance(Duration.ofMillis(1));
        assertThat(status()).isEqualTo(DeploymentStatus.SUCCESSFUL);
    }

    @Test
    void jobThatNeverStartsFailsAtItsHealthyDeadline() {
        nomad.workloads((job, group) -> new Workload.NeverStarts());
        register();

        time.advance(Duration.ofSeconds(9));
        assertThat(status()).isEqualTo(DeploymentStatus.RUNNING);
        time.advance(Duration.ofSeconds(2));
        assertThat(status()).isEqualTo(DeploymentStatus.FAILED);
    }

    @Test
    void healthyCanaryThatCrashesKeepsItsCounterButIsNotPromoted() {
        register();
        time.advance(Duration.ofSeconds(3));
        nomad.workloads((job, group) -> new Workload.Crashes(Duration.ofSeconds(2), 1));
        long index = nomad.job("default", "web").orElseThrow().indexes().spec();
        nomad.register("default", web.canary(1).release("2").json(), index, Submission.NONE);
        time.advance(Duration.ofSeconds(3));

        JobDeployment deployment = nomad.latestDeployment("default", "web").orElseThrow();
        assertThat(deployment.awaitsPromotion()).isTrue();
        assertThat(NomadClusterContract.group(deployment).allocations().healthy()).isEqualTo(1);
        refused(Reason.NOMAD_CANARY_UNHEALTHY, () -> nomad.promote("default", deployment.id()));
    }

    @Test
    void hintsAreLateRepeatedOrLostAsTheTestSays() {
        List<JobHint> heard = new ArrayList<>();
        Watch watch = nomad.watch(NomadCluster.ALL_NAMESPACES, heard::add);
        time.advance(Duration.ofMillis(1));
        assertThat(heard).containsExactly(JobHint.EVERYTHING);
        nomad.hints()
                .faults(hint -> new HintFault(List.of(Duration.ofHours(1), Duration.ofHours(2))));

        register();
        time.advance(Duration.ofMinutes(59));
        assertThat(heard).hasSize(1);
        time.advance(Duration.ofMinutes(2));
        int late = heard.size();
        assertThat(late).isGreaterThan(1);
        time.advance(Duration.ofHours(1));
        assertThat(heard).hasSize(1 + 2 * (late - 1));

        nomad.hints().interrupt(Duration.ofSeconds(1));
        assertThat(watch.state().phase()).isEqualTo(WatchState.Phase.BACKING_OFF);
        time.advance(Duration.ofSeconds(1));
        assertThat(heard.getLast()).isEqualTo(JobHint.EVERYTHING);
        watch.close();
        assertThat(watch.state().phase()).isEqualTo(WatchState.Phase.CLOSED);
    }

    private Registration register() {
        return nomad.register("default", web.json(), 0, Submission.NONE);
    }

    private GatewayException unreachable() {
        return refused(Reason.NOMAD_UNREACHABLE, this::register);
    }

    private static String ambiguous(GatewayException failure) {
        return failure.details().metadata().getOrDefault("ambiguous", "");
    }

    private DeploymentStatus status() {
        return nomad.latestDeployment("default", "web").orElseThrow().status();
    }
}
