package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomWish;
import dev.drover.gateway.record.WorkList;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The engine's loop, when its list of work lets it down. */
class EngineTest {
    /** A list of work that does what it is asked and then says that it does not know. */
    private static final class Forgetful implements WorkList {
        private final WorkList list;
        private final AtomicInteger repliesToLose;
        private final AtomicInteger repliesLost = new AtomicInteger();

        Forgetful(WorkList list, int repliesToLose) {
            this.list = list;
            this.repliesToLose = new AtomicInteger(repliesToLose);
        }

        @Override
        public List<Claim> claim(String owner, Instant now, Instant deadBefore, int limit) {
            List<Claim> claims = list.claim(owner, now, deadBefore, limit);
            if (!claims.isEmpty() && repliesToLose.getAndDecrement() > 0) {
                repliesLost.incrementAndGet();
                throw new GatewayException(
                        Reason.STORE_UNAVAILABLE,
                        "whether it happened is not known",
                        ErrorDetails.NONE);
            }
            return claims;
        }

        @Override
        public List<Claim> heartbeat(String owner, Instant now) {
            return list.heartbeat(owner, now);
        }

        @Override
        public RoomSight room(String item, RoomWish wish) {
            return list.room(item, wish);
        }

        @Override
        public List<String> nextForRoom() {
            return list.nextForRoom();
        }

        @Override
        public List<Effect> effects(String item) {
            return list.effects(item);
        }
    }

    private final SimulatedNomad nomad = new SimulatedNomad(new SimulatedTime());
    private final PromotionLab lab =
            new PromotionLab(
                    name -> (NomadCluster) nomad, InstantSource.system(), EngineLimits.DEFAULT);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void promotionWhoseClaimWasNotAnsweredIsWorkedAtAllTheSame() {
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
        String release =
                lab.nouns().release("1.0.0", Map.of("web", TestJobs.service("web").json()));
        Forgetful work = new Forgetful(lab.files().store(), 1);
        try (Engine engine = lab.engine(work)) {
            engine.start();
            String promotion = lab.promote(release, TestNouns.STAGING);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> lab.promotion(promotion).getState() != Promotion.State.PLANNING);
            assertThat(work.repliesLost).hasValue(1);
        }
    }
}
