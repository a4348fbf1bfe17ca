package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.DeploymentStatus;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Nomad does not remember any more when the gateway is back. */
class ForgottenTest {
    private static final int KEPT_VERSIONS = 6;

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final String namespace = NOMAD.freshNamespace();
    private final LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void failedDeploymentThatWasCollectedMeanwhileIsRolledBackAllTheSame() {
        shop.succeed(TestJobs.service(LiveShop.JOB).release("one"));
        String promotion =
                shop.canaryByHand()
                        .promote(
                                TestJobs.service(LiveShop.JOB)
                                        .release("two")
                                        .script("sleep 3; exit 1"));
        String deployment = deployment(promotion);
        shop.stop();
        LiveShop.until(() -> status(deployment) == DeploymentStatus.FAILED || crashed());
        if (status(deployment) != DeploymentStatus.FAILED) {
            NOMAD.cluster().fail(namespace, deployment);
        }
        LiveShop.until(() -> {
            NOMAD.agent().api().call("PUT", "/v1/system/gc", "");
            return NOMAD.cluster().deployment(namespace, deployment).isEmpty();
        });
        shop.start();
        Promotion ended = shop.ended(promotion, Promotion.State.ROLLED_BACK);
        assertThat(ended.getFailureCause()).isEqualTo(FailureCause.UNHEALTHY);
        assertThat(ended.getStateMessage()).contains("Nomad does not know deployment");
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB))
                .extracting(JobVersion::version)
                .contains(2L)
                .doesNotContain(3L);
    }

    @Test
    void moreVersionsThanNomadKeepsAreSeenAsSomebodyElses() {
        String promotion =
                shop.promote(
                        TestJobs.service(LiveShop.JOB)
                                .minHealthy(Duration.ofSeconds(2))
                                .release("one"));
        deployment(promotion);
        shop.stop();
        for (int i = 0; i <= KEPT_VERSIONS + 1; i++) {
            long index =
                    NOMAD.cluster().job(namespace, LiveShop.JOB).orElseThrow().indexes().spec();
            NOMAD.cluster()
                    .register(
                            namespace,
                            TestJobs.service(LiveShop.JOB).release("theirs-" + i).json(),
                            index,
                            Submission.NONE);
        }
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB))
                .extracting(JobVersion::version)
                .doesNotContain(0L);
        shop.start();
        Promotion failed = shop.ended(promotion, Promotion.State.FAILED);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(NOMAD.cluster().job(namespace, LiveShop.JOB).orElseThrow().version())
                .isEqualTo(KEPT_VERSIONS + 2L);
    }

    /** Of the promotion, once the gateway knows it. */
    private String deployment(String promotion) {
        LiveShop.until(() -> !shop.phase(promotion).getDeploymentId().isEmpty());
        return shop.phase(promotion).getDeploymentId();
    }

    private DeploymentStatus status(String deployment) {
        return NOMAD.cluster().deployment(namespace, deployment).orElseThrow().status();
    }

    private boolean crashed() {
        return NOMAD.cluster().allocations(namespace, LiveShop.JOB).stream()
                .anyMatch(one -> one.jobVersion() == 1 && one.state().client().ended());
    }
}
