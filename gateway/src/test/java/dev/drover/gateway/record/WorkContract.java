package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.WorkList.Claim;
import dev.drover.gateway.record.WorkList.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** What every store does with the engine's list of work. */
public abstract class WorkContract extends StoreContract {
    private static final Instant DEAD_BEFORE = T0.minusSeconds(30);

    @Test
    void workIsClaimedOldestFirst() {
        commit(add("promotions/b"), add("promotions/a"), add("promotions/c"));

        List<Claim> first = work().claim("gateway-1", T0, DEAD_BEFORE, 2);
        List<Claim> rest = work().claim("gateway-1", T0, DEAD_BEFORE, 2);

        assertThat(first).extracting(Claim::item).containsExactly("promotions/b", "promotions/a");
        assertThat(first).extracting(Claim::lane).containsExactly("lane b", "lane a");
        assertThat(rest).extracting(Claim::item).containsExactly("promotions/c");
        assertThat(work().claim("gateway-1", T0, DEAD_BEFORE, 2)).isEmpty();
    }

    @Test
    void addingTwiceChangesNothing() {
        commit(add("promotions/a"));
        Claim claim = claimOne("gateway-1", T0);

        commit(add("promotions/a"));

        assertThat(work().heartbeat("gateway-1", T0)).containsExactly(claim);
        assertThat(work().claim("gateway-2", T0, DEAD_BEFORE, 10)).isEmpty();
    }

    @Test
    void nobodyTakesWhatALivingOwnerHolds() {
        commit(add("promotions/a"));
        claimOne("gateway-1", T0);

        assertThat(work().claim("gateway-2", T0.plusSeconds(29), DEAD_BEFORE.plusSeconds(29), 10))
                .isEmpty();
    }

    @Test
    void workOfADeadOwnerIsTakenOverWithALargerFence() {
        commit(add("promotions/a"));
        Claim lost = claimOne("gateway-1", T0);

        Claim taken =
                work().claim("gateway-2", T0.plusSeconds(31), T0.plusSeconds(1), 10).getFirst();

        assertThat(taken.item()).isEqualTo(lost.item());
        assertThat(taken.fence()).isGreaterThan(lost.fence());
        assertThat(work().heartbeat("gateway-1", T0.plusSeconds(31))).isEmpty();
    }

    @Test
    void aHeartbeatKeepsWork() {
        commit(add("promotions/a"));
        Claim held = claimOne("gateway-1", T0);

        assertThat(work().heartbeat("gateway-1", T0.plusSeconds(20))).containsExactly(held);

        assertThat(work().claim("gateway-2", T0.plusSeconds(31), T0.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void aLaneHasOneOwner() {
        commit(new WorkChange.Add("promotions/a", "lane"));
        claimOne("gateway-1", T0);
        commit(new WorkChange.Add("promotions/b", "lane"), new WorkChange.Add("promotions/c", "x"));

        assertThat(work().claim("gateway-2", T0, DEAD_BEFORE, 10))
                .extracting(Claim::item)
                .containsExactly("promotions/c");
        assertThat(work().claim("gateway-1", T0, DEAD_BEFORE, 10))
                .extracting(Claim::item)
                .containsExactly("promotions/b");
    }

    @Test
    void whoeverLostItsClaimCannotWriteAnyMore() {
        commit(add("promotions/a"));
        Claim lost = claimOne("gateway-1", T0);
        Claim taken =
                work().claim("gateway-2", T0.plusSeconds(31), T0.plusSeconds(1), 1).getFirst();

        GatewayException refusal = refused(fence("gateway-1", lost));

        assertThat(refusal.reason()).isEqualTo(Reason.REVISION_CONFLICT);
        assertThat(refusal).hasMessageContaining("promotions/a is not gateway-1's any more");
        assertThat(refused(fence("gateway-1", taken)).reason()).isEqualTo(Reason.REVISION_CONFLICT);
        commit(fence("gateway-2", taken));
    }

    @Test
    void aFenceIsCheckedBeforeTheItemIsTakenOffTheList() {
        commit(add("promotions/a"));
        Claim claim = claimOne("gateway-1", T0);

        commit(new WorkChange.Remove("promotions/a"), fence("gateway-1", claim));

        assertThat(refused(fence("gateway-1", claim)).reason()).isEqualTo(Reason.REVISION_CONFLICT);
    }

    @Test
    void anItemThatComesBackHasANewFence() {
        commit(add("promotions/a"));
        Claim old = claimOne("gateway-1", T0);
        commit(new WorkChange.Remove("promotions/a"));
        commit(add("promotions/a"));

        assertThat(claimOne("gateway-1", T0).fence()).isGreaterThan(old.fence());
    }

    @Test
    void effectsAreKeptInOrderUntilTheyAreDone() {
        commit(add("promotions/a"), effect("k2", "second"), effect("k1", "first"));
        commit(effect("k3", "third"));

        assertThat(work().effects("promotions/a"))
                .containsExactly(
                        new Effect("k2", bytes("second")),
                        new Effect("k1", bytes("first")),
                        new Effect("k3", bytes("third")));
        commit(new WorkChange.EffectDone("promotions/a", "k2"));
        commit(new WorkChange.EffectDone("promotions/a", "k2"));
        assertThat(work().effects("promotions/a"))
                .extracting(Effect::key)
                .containsExactly("k1", "k3");
    }

    @Test
    void anEffectThatWasDoneDoesNotComeBack() {
        commit(add("promotions/a"), effect("k1", "first"));
        commit(new WorkChange.EffectDone("promotions/a", "k1"));

        commit(effect("k1", "again"));

        assertThat(work().effects("promotions/a")).isEmpty();
    }

    @Test
    void effectsGoWithTheirItem() {
        commit(add("promotions/a"), effect("k1", "first"));
        commit(new WorkChange.Remove("promotions/a"));
        commit(add("promotions/a"));

        assertThat(work().effects("promotions/a")).isEmpty();
    }

    @Test
    void anEffectOfNothingIsAFault() {
        assertThatThrownBy(() -> commit(effect("k1", "first")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("promotions/a, which is not on the list of work");
    }

    @Test
    void claimsAndEffectsAreThereAfterAReopen() {
        commit(add("promotions/a"), effect("k1", "first"));
        Claim claim = claimOne("gateway-1", T0);

        reopen();

        assertThat(work().heartbeat("gateway-1", T0)).containsExactly(claim);
        assertThat(work().effects("promotions/a")).hasSize(1);
    }

    @Test
    void concurrentOwnersNeverShareAnItem() {
        for (int i = 0; i < 60; i++) {
            commit(add("promotions/" + i));
        }
        Queue<Claim> claims = new ConcurrentLinkedQueue<>();

        Callers.run(
                12,
                caller -> {
                    for (int i = 0; i < 5; i++) {
                        claims.addAll(work().claim("gateway-" + caller, T0, DEAD_BEFORE, 2));
                    }
                });

        assertThat(claims).extracting(Claim::item).hasSize(60).doesNotHaveDuplicates();
        assertThat(claims).extracting(Claim::fence).doesNotHaveDuplicates();
    }

    private Claim claimOne(String owner, Instant now) {
        return work().claim(owner, now, DEAD_BEFORE, 1).getFirst();
    }

    private static WorkChange add(String item) {
        return new WorkChange.Add(item, item.replace("promotions/", "lane "));
    }

    private static WorkChange effect(String key, String body) {
        return new WorkChange.AddEffect("promotions/a", key, bytes(body));
    }

    private static WorkChange fence(String owner, Claim claim) {
        return new WorkChange.Fence(claim.item(), owner, claim.fence());
    }
}
