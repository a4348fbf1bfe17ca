package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What crashes after its first moment, which a real Nomad calls a success. */
class RealSurvivorsTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final String namespace = NOMAD.freshNamespace();
    private final LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void successfulDeploymentWhoseAllocationsCrashedIsAFailureAndIsRolledBack() {
        shop.succeed(TestJobs.service(LiveShop.JOB).count(2).release("one"));
        String promotion =
                shop.promote(
                        TestJobs.service(LiveShop.JOB)
                                .count(2)
                                .release("two")
                                .script("sleep 0.7; exit 3"));
        LiveShop.until(() -> !shop.phase(promotion).getDeploymentId().isEmpty());
        String deployment = shop.phase(promotion).getDeploymentId();
        Promotion failed = shop.ended(promotion, Promotion.State.ROLLED_BACK);
        assertThat(NOMAD.cluster().deployment(namespace, deployment).orElseThrow().status())
                .isEqualTo(DeploymentStatus.SUCCESSFUL);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(failed.getStateMessage())
                .contains("0 of 2 allocations of group g run", "Exit Code: 3")
                .contains("Nomad replaces it no more");
        assertThat(NOMAD.cluster().allocations(namespace, LiveShop.JOB))
                .filteredOn(Allocation::serving)
                .hasSize(2)
                .allMatch(one -> one.jobVersion() == 2);
    }
}
