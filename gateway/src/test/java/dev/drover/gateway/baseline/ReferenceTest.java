package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicySelector;
import dev.drover.v1.Project;
import dev.drover.v1.Stage;
import dev.drover.v1.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.createSamples();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void aMissingNounIsToldWithPathAndName() {
        GatewayException refusal =
                refused(
                        "projects/shop/environments/qa",
                        Environment.newBuilder().setCluster("clusters/mars").build());
        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
        assertThat(refusal)
                .hasMessageContaining("environment.cluster: 'clusters/mars' does not exist");
    }

    @Test
    void aReferenceDeepInTheMessageIsFoundWithItsPlace() {
        GatewayException refusal =
                refused("projects/shop/pipelines/p", pipeline("projects/shop/environments/gone"));
        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
        assertThat(refusal.details().fields().getFirst().field())
                .isEqualTo("pipeline.stages[0].environments[0]");
        GatewayException selector =
                refused(
                        "policies/p",
                        ((Policy) sample("policies/prod"))
                                .toBuilder()
                                        .setSelector(
                                                PolicySelector.newBuilder()
                                                        .addProjects("projects/gone"))
                                        .build());
        assertThat(selector.details().fields().getFirst().field())
                .isEqualTo("policy.selector.projects[0]");
    }

    @Test
    void aTextThatIsNoNameOfItsKindIsRefused() {
        GatewayException refusal =
                refused(
                        "projects/shop/environments/qa",
                        Environment.newBuilder().setCluster("local").build());
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal).hasMessageContaining("write clusters/{cluster}");
    }

    @Test
    void anotherProjectsNounIsRefused() {
        baseline.create("projects/other", Project.getDefaultInstance());
        GatewayException refusal =
                refused("projects/other/pipelines/p", pipeline("projects/shop/environments/prod"));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal).hasMessageContaining("is in another project");
    }

    @Test
    void aMissingParentIsRefused() {
        GatewayException refusal =
                refused("projects/gone/environments/qa", sample("projects/shop/environments/prod"));
        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
        assertThat(refusal.details().fields().getFirst().field()).isEqualTo("parent");
    }

    @Test
    void whatIsReferredToCannotBeDeletedAndItsReferrersAreNamed() {
        stillReferenced(Cluster.class, "clusters/local", "projects/shop/environments/prod");
        stillReferenced(
                Environment.class,
                "projects/shop/environments/prod",
                "projects/shop/pipelines/main");
        stillReferenced(
                Pipeline.class, "projects/shop/pipelines/main", "projects/shop/applications/web");
        stillReferenced(Project.class, "projects/shop", "projects/shop/environments/prod");
    }

    private void stillReferenced(Class<? extends Message> type, String name, String referrer) {
        Message request = baseline.deleteRequest(type, name);
        Message rehearsal = Requests.with(request.toBuilder(), "validate_only", true);
        for (Message each : new Message[] {rehearsal, request}) {
            GatewayException refusal = baseline.refusal(each);
            assertThat(refusal.reason()).isEqualTo(Reason.STILL_REFERENCED);
            assertThat(refusal).hasMessageContaining(name).hasMessageContaining(referrer);
            assertThat(refusal.details().preconditions())
                    .extracting(violation -> violation.subject())
                    .contains(referrer);
        }
    }

    @Test
    void anUpdateTakesTheOldReferenceAway() {
        baseline.create("projects/shop/environments/qa", sample("projects/shop/environments/prod"));
        baseline.update(
                pipeline("projects/shop/environments/qa").toBuilder()
                        .setName("projects/shop/pipelines/main")
                        .build(),
                "stages");
        baseline.delete(Environment.class, "projects/shop/environments/prod");
        assertThat(
                        baseline.refusal(
                                        baseline.deleteRequest(
                                                Environment.class, "projects/shop/environments/qa"))
                                .reason())
                .isEqualTo(Reason.STILL_REFERENCED);
    }

    @Test
    void deletedFromTheLeavesUpEverythingGoes() {
        baseline.delete(Application.class, "projects/shop/applications/web");
        baseline.delete(Pipeline.class, "projects/shop/pipelines/main");
        baseline.delete(Environment.class, "projects/shop/environments/prod");
        baseline.delete(Verification.class, "projects/shop/verifications/smoke");
        baseline.delete(Cluster.class, "clusters/local");
        baseline.delete(Project.class, "projects/shop");
        assertThat(baseline.lookup.list(Project.class, "")).isEmpty();
    }

    private GatewayException refused(String name, Message noun) {
        return baseline.refusal(baseline.createRequest(name, noun));
    }

    private static Message sample(String name) {
        return java.util.Objects.requireNonNull(Samples.ALL.get(name));
    }

    private static Pipeline pipeline(String environment) {
        return Pipeline.newBuilder()
                .addStages(Stage.newBuilder().setId("prod").addEnvironments(environment))
                .build();
    }
}
