package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.Promotion;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another program holds the store's file while a promotion runs on a real Nomad. */
class BusyStoreTest {
    private static final int COMMIT_SECONDS = 2;

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final String namespace = NOMAD.freshNamespace();
    private final LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void lockedStoreHoldsThePromotionUpAndNothingIsLost() throws SQLException {
        String promotion = shop.promote(job("one"));
        LiveShop.until(() -> NOMAD.cluster().job(namespace, LiveShop.JOB).isPresent());
        try (Connection other = other();
                Statement lock = other.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> shop.promote(job("two")))
                    .hasMessageContaining("locked by another program");
            LiveShop.until(
                    () -> NOMAD.cluster().versions(namespace, LiveShop.JOB).getFirst().stable());
            assertThat(shop.promotion(promotion).getState()).isEqualTo(Promotion.State.RUNNING);
            lock.execute("ROLLBACK");
        }
        shop.ended(promotion, Promotion.State.SUCCEEDED);
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(1);
    }

    @Test
    void storeWhoseCommitsTakeSecondsOnlyMakesItSlow() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger holds = new AtomicInteger();
        int promotions = 0;
        Thread slow = Thread.ofPlatform().start(() -> hold(done, holds));
        try {
            LiveShop.until(() -> holds.get() > 0);
            do {
                promotions++;
                shop.succeed(job("version " + promotions));
            } while (holds.get() <= 2);
        } finally {
            done.countDown();
            slow.join();
        }
        assertThat(holds).hasValueGreaterThan(2);
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(promotions);
    }

    /** Again and again for so long as a commit is to take. */
    private void hold(CountDownLatch done, AtomicInteger holds) {
        try (Connection other = other();
                Statement lock = other.createStatement()) {
            boolean enough = false;
            while (!enough) {
                lock.execute("BEGIN IMMEDIATE");
                holds.incrementAndGet();
                enough = done.await(COMMIT_SECONDS, TimeUnit.SECONDS);
                lock.execute("ROLLBACK");
                enough |= done.await(200, TimeUnit.MILLISECONDS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection other() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:sqlite:"
                        + shop.files().directory().resolve("drover.db")
                        + "?busy_timeout=30000");
    }

    private static TestJobs job(String value) {
        return TestJobs.service(LiveShop.JOB).release(value);
    }
}
