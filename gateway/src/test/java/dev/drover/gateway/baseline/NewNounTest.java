package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.test.v1.Banner;
import dev.drover.test.v1.ListBannersRequest;
import dev.drover.test.v1.ListBannersResponse;
import dev.drover.test.v1.WatchBannersRequest;
import dev.drover.test.v1.WatchBannersResponse;
import dev.drover.v1.Environment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A noun is one proto file (src/test/protobuf/drover/test/v1/banner.proto) and this one line. */
class NewNounTest {
    private static final Kind<Banner> BANNER =
            Kind.of(Banner.getDefaultInstance(), new AnyNoun<>());

    private static final String NAME = "projects/shop/banners/sale";
    private static final String PROD = "projects/shop/environments/prod";

    private final TestBaseline baseline = new TestBaseline(BANNER);

    @BeforeEach
    void prepare() {
        baseline.createSamples();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void itIsCreatedChangedListedWatchedAndDeleted() {
        Banner created = baseline.create(NAME, banner());
        Banner updated = baseline.update(created.toBuilder().setText("Closed").build(), "text");
        assertThat(updated.getEtag()).isNotEqualTo(created.getEtag());
        var list =
                baseline.call(
                        ListBannersRequest.newBuilder()
                                .setParent("projects/shop")
                                .setFilter("text = \"Cl*\"")
                                .setOrderBy("text desc")
                                .build(),
                        ListBannersResponse.class);
        assertThat(list.getBannersList()).containsExactly(updated);
        var watch = WatchBannersRequest.newBuilder().setParent("projects/shop").build();
        try (TestWatcher watcher = new TestWatcher(baseline, watch)) {
            assertThat(((WatchBannersResponse) watcher.next()).getBanner()).isEqualTo(updated);
            assertThat(((WatchBannersResponse) watcher.next()).hasHeartbeat()).isTrue();
            baseline.delete(Banner.class, NAME);
            assertThat(((WatchBannersResponse) watcher.next()).getDeleted()).isEqualTo(NAME);
        }
    }

    @Test
    void itsAnnotationsAreChecked() {
        GatewayException refusal =
                baseline.refusal(baseline.createRequest(NAME, Banner.getDefaultInstance()));
        assertThat(refusal).hasMessageContaining("banner.text: is required");
        assertThat(
                        baseline.refusal(
                                baseline.createRequest(
                                        NAME, banner().toBuilder().setText("<b>").build())))
                .hasMessageContaining("banner.text");
        Banner created = baseline.create(NAME, banner());
        GatewayException fixed =
                baseline.refusal(
                        baseline.updateRequest(
                                created.toBuilder().clearEnvironment().build(), "environment"));
        assertThat(fixed.reason()).isEqualTo(Reason.IMMUTABLE_FIELD);
    }

    @Test
    void itsReferencesHold() {
        GatewayException refusal =
                baseline.refusal(
                        baseline.createRequest(
                                NAME, banner().toBuilder().setEnvironment(PROD + "x").build()));
        assertThat(refusal.reason()).isEqualTo(Reason.REFERENCE_NOT_FOUND);
        baseline.create(NAME, banner());
        assertThat(baseline.refusal(baseline.deleteRequest(Environment.class, PROD)))
                .hasMessageContaining(NAME);
    }

    private static Banner banner() {
        return Banner.newBuilder().setText("Open").setEnvironment(PROD).build();
    }
}
