package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.promotion.Promotions;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Project;
import dev.drover.v1.Promotion;
import dev.drover.v1.WatchPromotionsRequest;
import dev.drover.v1.WatchPromotionsResponse;
import dev.drover.v1.WatchPromotionsResponse.EventCase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One promotion is followed by a filter of its name; no method of its own is needed. */
class PromotionWatchTest {
    private static final String MINE = "projects/shop/promotions/mine";
    private static final String OTHER = "projects/shop/promotions/other";

    private final TestBaseline baseline = new TestBaseline(Promotions.kind());

    @BeforeEach
    void declare() {
        baseline.create("projects/shop", Project.getDefaultInstance());
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void onlyThePromotionOfThatNameIsSeenInEachOfItsStates() {
        changes(OTHER, Promotion.State.PLANNING);
        changes(MINE, Promotion.State.PLANNING);
        try (TestWatcher watcher = watch("")) {
            assertThat(next(watcher).getPromotion().getName()).isEqualTo(MINE);
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            changes(OTHER, Promotion.State.RUNNING);
            changes(MINE, Promotion.State.RUNNING);
            changes(OTHER, Promotion.State.SUCCEEDED);
            changes(MINE, Promotion.State.SUCCEEDED);

            assertThat(next(watcher).getPromotion().getState()).isEqualTo(Promotion.State.RUNNING);
            assertThat(next(watcher).getPromotion().getState())
                    .isEqualTo(Promotion.State.SUCCEEDED);
        }
    }

    @Test
    void watcherGoesOnAfterTheLastMessageThatItSaw() {
        changes(MINE, Promotion.State.PLANNING);
        String token;
        try (TestWatcher watcher = watch("")) {
            next(watcher);
            token = next(watcher).getResumeToken();
        }
        changes(MINE, Promotion.State.RUNNING);
        changes(MINE, Promotion.State.SUCCEEDED);

        try (TestWatcher watcher = watch(token)) {
            assertThat(next(watcher).getEventCase()).isEqualTo(EventCase.HEARTBEAT);
            assertThat(next(watcher).getPromotion().getState()).isEqualTo(Promotion.State.RUNNING);
            assertThat(next(watcher).getPromotion().getState())
                    .isEqualTo(Promotion.State.SUCCEEDED);
        }
    }

    @Test
    void watcherWhoseChangesAreNotKeptIsToldOfTheGapAndGoesOnFromThere() {
        changes(MINE, Promotion.State.RUNNING);
        try (TestWatcher watcher = watch(new ResumeToken(1_000_000, "").toString())) {
            WatchPromotionsResponse gap = next(watcher);
            assertThat(gap.getEventCase()).isEqualTo(EventCase.GAP);
            assertThat(gap.getResumeToken()).isNotEmpty();
            changes(MINE, Promotion.State.SUCCEEDED);
            assertThat(next(watcher).getPromotion().getState())
                    .isEqualTo(Promotion.State.SUCCEEDED);
        }
    }

    private TestWatcher watch(String token) {
        return new TestWatcher(
                baseline,
                WatchPromotionsRequest.newBuilder()
                        .setParent("projects/shop")
                        .setFilter("name = \"" + MINE + "\"")
                        .setResumeToken(token)
                        .build());
    }

    private static WatchPromotionsResponse next(TestWatcher watcher) {
        return (WatchPromotionsResponse) watcher.next();
    }

    private void changes(String name, Promotion.State state) {
        Promotion promotion = Promotion.newBuilder().setName(name).setState(state).build();
        baseline.store
                .store()
                .commit(
                        Commit.of(
                                List.of(
                                        new Write.Put(
                                                "Promotion",
                                                name,
                                                Write.ANY,
                                                promotion.toByteString(),
                                                List.of())),
                                new AuditEvent("root", "test.put", name, "put", Map.of(), "")),
                        Instant.EPOCH);
    }
}
