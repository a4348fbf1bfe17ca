package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.Environment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobspecChecksTest {

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private static final Environment HERE =
            Environment.newBuilder()
                    .setName(PlanFixture.STAGING)
                    .setCluster("clusters/test")
                    .build();
    private static final Environment DOWN =
            Environment.newBuilder().setName(PlanFixture.PROD).setCluster("clusters/down").build();

    private static NomadCluster cluster(String name) {
        if (name.equals("clusters/down")) {
            throw new GatewayException(Reason.NOMAD_UNREACHABLE, "down");
        }
        if (name.equals("clusters/unset")) {
            throw new GatewayException(Reason.CLUSTER_SETTINGS_INVALID, "env:TOKEN is not set");
        }
        return NOMAD.clusters().cluster(name);
    }

    private static Optional<String> problem(String jobspec, Environment... environments) {
        PlanNouns nouns = PlanFixture.shop().job("web", jobspec).nouns();
        return new JobspecChecks(
                        JobspecChecksTest::cluster,
                        name -> Secrets.NONE,
                        application -> List.of(environments))
                .problem(nouns.application(), nouns.release(), nouns.release().getJobs(0));
    }

    @Test
    void rightJobspecHasNoProblem() {
        assertThat(problem(PlanFixture.WEB, HERE)).isEmpty();
    }

    @Test
    void slipIsToldWithNomadsPosition() {
        assertThat(problem(PlanFixture.WEB.replace("count = 2", "count = "), DOWN, HERE))
                .hasValueSatisfying(text -> assertThat(text).contains("input.hcl:7,"));
    }

    @Test
    void variableThatIsNotSetYetIsNoSlip() {
        assertThat(problem(PlanFixture.WEB.replace("default = \"hello\"", ""), HERE)).isEmpty();
    }

    @Test
    void jobOfAnotherNameIsASlip() {
        assertThat(problem(PlanFixture.WEB.replace("job \"web\"", "job \"shop\""), HERE))
                .hasValueSatisfying(text -> assertThat(text).contains("\"shop\""));
    }

    @Test
    void clusterWhoseTokenCannotBeFoundKeepsNobodyFromReleasing() {
        assertThat(problem("job {", HERE.toBuilder().setCluster("clusters/unset").build()))
                .isEmpty();
    }

    @Test
    void nothingIsSaidWhereNoClusterAnswers() {
        assertThat(problem("job {", DOWN)).isEmpty();
    }
}
