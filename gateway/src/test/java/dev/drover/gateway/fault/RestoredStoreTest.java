package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The store is yesterday's, and Nomad is today's. */
class RestoredStoreTest {
    private static final String NEWS = "Nomad has version ";

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path backup;

    private final String namespace = NOMAD.freshNamespace();
    private final LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void promotionThatWasUnderWayThenDoesNotOverwriteWhatCameAfter() {
        shop.succeed(job("one"));
        String promotion = shop.canaryByHand().promote(job("two"));
        shop.waits(promotion).backUp(backup);
        shop.waits(promotion).advance(promotion);
        shop.ended(promotion, Promotion.State.SUCCEEDED);
        String later = shop.promote(job("three"));
        shop.waits(later).advance(later);
        shop.ended(later, Promotion.State.SUCCEEDED);

        shop.restore(backup);
        Promotion failed = shop.ended(promotion, Promotion.State.FAILED);
        assertThat(failed.getFailureCause()).isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(running()).isEqualTo("three");
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(3);
    }

    @Test
    void nextPlanTellsOfVersionsThatTheStoreDoesNotKnow() {
        shop.succeed(job("one"));
        shop.backUp(backup);
        String forgotten = shop.succeed(job("two"));
        assertThat(warnings(forgotten)).doesNotContain(NEWS);

        shop.restore(backup);
        String next = shop.succeed(job("three"));
        assertThat(warnings(next)).contains(NEWS + "1 (drover-p2)", "restored from a backup?");
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(3);
        // What was brought since is known again.
        assertThat(warnings(shop.succeed(job("four")))).doesNotContain(NEWS);
        assertThat(warnings(shop.succeed(job("four")))).doesNotContain(NEWS);
        assertThat(warnings(shop.succeed(job("five")))).doesNotContain(NEWS);
    }

    private String warnings(String promotion) {
        return shop.promotion(promotion).getPlan().getJobs(0).getWarnings();
    }

    private String running() {
        return NOMAD.cluster()
                .job(namespace, LiveShop.JOB)
                .orElseThrow()
                .spec()
                .findValuesAsText("RELEASE")
                .getFirst();
    }

    private static TestJobs job(String value) {
        return TestJobs.service(LiveShop.JOB).count(2).release(value);
    }
}
