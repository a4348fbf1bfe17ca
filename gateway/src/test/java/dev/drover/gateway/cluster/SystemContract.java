package dev.drover.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link NomadCluster} of one node does with system jobs. */
abstract class SystemContract extends QuirksContract {

    @Test
    void systemJobIsDeployedAsAServiceIs() {
        running(agent("1"));

        JobDeployment deployment = deploymentOf("agent", registerOver(agent("2").json()));
        assertThat(deployment.awaitsPromotion()).isFalse();
        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);

        eventually(() -> assertThat(serving()).containsExactly(1L));
        assertThat(group(look(deployment)).allocations().desired()).isEqualTo(1);
    }

    @Test
    void canaryOfASystemJobTakesThePlaceOfWhatRanOnItsNode() {
        running(agent("1"));

        JobDeployment deployment =
                deploymentOf("agent", registerOver(agent("2").canary(50).json()));
        eventually(() -> {
            assertThat(group(look(deployment)).allocations().healthy()).isEqualTo(1);
            assertThat(serving()).containsExactly(1L);
        });
        assertThat(look(deployment).awaitsPromotion()).isTrue();

        nomad.promote(namespace, deployment.id());

        eventuallyEnds(deployment, DeploymentStatus.SUCCESSFUL);
        assertThat(serving()).containsExactly(1L);
    }

    @Test
    void failedVersionOfASystemJobLeavesItsNodeWithout() {
        running(agent("1"));

        JobDeployment deployment =
                deploymentOf("agent", registerOver(agent("2").crashing().json()));

        eventuallyEnds(deployment, DeploymentStatus.FAILED);
        assertThat(serving()).isEmpty();
    }

    private static TestJobs agent(String release) {
        return TestJobs.service("agent")
                .system()
                .minHealthy(Duration.ofSeconds(1))
                .release(release);
    }

    /** Versions of what serves. */
    private List<Long> serving() {
        return nomad.allocations(namespace, "agent").stream()
                .filter(Allocation::serving)
                .map(Allocation::jobVersion)
                .toList();
    }
}
