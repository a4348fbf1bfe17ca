package dev.drover.gateway.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.gateway.baseline.TestBaseline;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AbandonReleaseRequest;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ListReleasesRequest;
import dev.drover.v1.ListReleasesResponse;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final String APPLICATION = "projects/shop/applications/store";
    private static final String NAME = APPLICATION + "/releases/1.0.0";

    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.createSamples();
        baseline.create(
                APPLICATION,
                Application.newBuilder()
                        .setPipeline("projects/shop/pipelines/main")
                        .addJobs(ApplicationJob.newBuilder().setId("store-web"))
                        .addJobs(ApplicationJob.newBuilder().setId("store-worker"))
                        .build());
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void itHasAuthorDigestAndState() {
        Release created = baseline.create(NAME, release());
        assertThat(created.getAuthor()).isEqualTo("serviceAccounts/alice");
        assertThat(created.getDigest()).matches("[0-9a-f]{64}");
        assertThat(created.getState()).isEqualTo(Release.State.ACTIVE);
    }

    @Test
    void theDigestIsThatOfJobsAndVariablesInAnyOrder() {
        Release first = baseline.create(NAME, release());
        Release turned =
                release().toBuilder()
                        .clearJobs()
                        .addJobs(release().getJobs(1))
                        .addJobs(release().getJobs(0))
                        .setVersion("other")
                        .build();
        Release second = baseline.create(APPLICATION + "/releases/1.0.1", turned);
        assertThat(second.getDigest()).isEqualTo(first.getDigest());
        Release changed =
                release().toBuilder()
                        .setVariables(
                                Struct.newBuilder()
                                        .putFields(
                                                "tag",
                                                Value.newBuilder().setStringValue("2").build()))
                        .build();
        assertThat(baseline.create(APPLICATION + "/releases/1.0.2", changed).getDigest())
                .isNotEqualTo(first.getDigest());
    }

    @Test
    void aMissingAndAnUnknownJobAreNamed() {
        Release wrong =
                Release.newBuilder()
                        .addJobs(job("store-web", "job {}"))
                        .addJobs(job("store-cron", "job {}"))
                        .build();
        GatewayException refusal = baseline.refusal(baseline.createRequest(NAME, wrong));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal)
                .hasMessageContaining("release.jobs[1].id: " + APPLICATION + " has no job")
                .hasMessageContaining("release.jobs: job 'store-worker' of " + APPLICATION);
    }

    @Test
    void anEmptyAndATooLargeJobspecAreRefused() {
        Release wrong =
                Release.newBuilder()
                        .addJobs(job("store-web", "  \n"))
                        .addJobs(job("store-worker", "#".repeat((1 << 20) + 1)))
                        .build();
        assertThat(baseline.refusal(baseline.createRequest(NAME, wrong)))
                .hasMessageContaining("release.jobs[0].jobspec: is empty")
                .hasMessageContaining("release.jobs[1].jobspec: has 1048577 bytes");
    }

    @Test
    void aTakenIdIsRefused() {
        baseline.create(NAME, release());
        assertThat(baseline.refusal(baseline.createRequest(NAME, release())).reason())
                .isEqualTo(Reason.ALREADY_EXISTS);
    }

    @Test
    void anUnknownApplicationIsRefused() {
        GatewayException refusal =
                baseline.refusal(
                        baseline.createRequest(
                                "projects/shop/applications/no/releases/1", release()));
        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
    }

    @Test
    void anAbandonedReleaseTellsWhy() {
        Release created = baseline.create(NAME, release());
        Release abandoned = baseline.call(abandon("broken").build(), Release.class);
        assertThat(abandoned.getState()).isEqualTo(Release.State.ABANDONED);
        assertThat(abandoned.getAbandonReason()).isEqualTo("broken");
        assertThat(abandoned.getEtag()).isNotEqualTo(created.getEtag());
        assertThat(baseline.lookup.get(Release.class, NAME).message()).isEqualTo(abandoned);
        var entry = baseline.store.audit().entries(baseline.store.audit().size() - 1, 1);
        assertThat(entry.getFirst().event().action()).isEqualTo("release.abandon");
    }

    @Test
    void abandoningTwiceIsRefusedUnlessItIsTheSameRequest() {
        baseline.create(NAME, release());
        Message request = abandon("broken").setRequestId("once").build();
        Message first = baseline.call(request);
        assertThat(baseline.call(request)).isEqualTo(first);
        GatewayException refusal = baseline.refusal(abandon("again").build());
        assertThat(refusal.reason()).isEqualTo(Reason.TRANSITION_NOT_ALLOWED);
        assertThat(refusal.details().metadata()).containsEntry("currentState", "ABANDONED");
    }

    @Test
    void abandoningNeedsAReasonAndAFreshEtag() {
        baseline.create(NAME, release());
        assertThat(baseline.refusal(abandon(" ").build()))
                .hasMessageContaining("reason: is required");
        assertThat(baseline.refusal(abandon("x").setEtag("old").build()).reason())
                .isEqualTo(Reason.ETAG_MISMATCH);
        baseline.call(abandon("x").setValidateOnly(true).build());
        assertThat(baseline.lookup.get(Release.class, NAME).message().getState())
                .isEqualTo(Release.State.ACTIVE);
    }

    @Test
    void anActiveReleaseKeepsItsApplicationAndAnAbandonedOneGoesWithIt() {
        baseline.create(NAME, release());
        GatewayException refusal =
                baseline.refusal(baseline.deleteRequest(Application.class, APPLICATION));
        assertThat(refusal.reason()).isEqualTo(Reason.STILL_REFERENCED);
        assertThat(refusal).hasMessageContaining(NAME);
        baseline.call(abandon("retired").build());
        baseline.delete(Application.class, APPLICATION);
        assertThat(baseline.lookup.find(Release.class, NAME)).isEmpty();
    }

    @Test
    void theNewestComeFirstWhereThatIsAsked() {
        baseline.create(NAME, release());
        baseline.pass(Duration.ofSeconds(1));
        baseline.create(APPLICATION + "/releases/0.9.0", release());
        var answer =
                baseline.call(
                        ListReleasesRequest.newBuilder()
                                .setParent("projects/shop/applications/-")
                                .setOrderBy("create_time desc")
                                .setFilter("state = ACTIVE")
                                .build(),
                        ListReleasesResponse.class);
        assertThat(answer.getReleasesList())
                .extracting(Release::getName)
                .containsExactly(APPLICATION + "/releases/0.9.0", NAME);
    }

    private static AbandonReleaseRequest.Builder abandon(String reason) {
        return AbandonReleaseRequest.newBuilder().setName(NAME).setReason(reason);
    }

    private static Release release() {
        return Release.newBuilder()
                .setVersion("1.0.0")
                .addJobs(job("store-web", "job \"store-web\" {}"))
                .addJobs(job("store-worker", "job \"store-worker\" {}"))
                .build();
    }

    private static ReleaseJob job(String id, String jobspec) {
        return ReleaseJob.newBuilder().setId(id).setJobspec(jobspec).build();
    }
}
