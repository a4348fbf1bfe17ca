package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.store.SqliteStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps books on the list of work beside the store, and compares: who holds what, and which effects
 * are still to be done.
 */
final class WorkLedger {
    private final SqliteStore store;
    private final Map<String, Holder> holders = new HashMap<>();
    private final Map<String, Set<String>> open = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> touched = new HashSet<>();
    private boolean changed;
    private final Consumer<String> happened;

    /**
     * Books beside this store.
     *
     * @param happened hears what is worth counting
     */
    WorkLedger(SqliteStore store, Consumer<String> happened) {
        this.store = store;
        this.happened = happened;
    }

    private record Holder(String owner, long fence) {}

    /** Whether anything was committed since it was asked last. */
    boolean changed() {
        boolean before = changed;
        changed = false;
        return before;
    }

    void claimed(String owner, List<WorkList.Claim> claims) {
        for (WorkList.Claim claim : claims) {
            Holder before = holders.put(claim.item(), new Holder(owner, claim.fence()));
            if (before != null) {
                assertThat(claim.fence())
                        .as("fencing number of %s after %s", claim.item(), before)
                        .isGreaterThan(before.fence());
                happened.accept("takeover");
            }
        }
    }

    /** The store took the commit of a step, whoever holds what the step is about. */
    void stepCommitted(String owner, WorkList.Claim claim) {
        assertThat(new Holder(owner, claim.fence()))
                .as("who wrote about %s, which is another's", claim.item())
                .isEqualTo(holders.get(claim.item()));
    }

    /** The store refused the commit of a step. */
    void stepRefused(String owner, WorkList.Claim claim, GatewayException refused) {
        if (refused.reason() == Reason.STORE_UNAVAILABLE) {
            happened.accept("step refused by a full disk");
            return;
        }
        if (!new Holder(owner, claim.fence()).equals(holders.get(claim.item()))) {
            happened.accept("fenced off");
        }
    }

    /** The store took this commit. */
    void committed(Commit commit) {
        changed = true;
        for (WorkChange change : commit.work()) {
            touched.add(change.item());
            switch (change) {
                case WorkChange.Fence checkedByTheStore -> {}
                case WorkChange.TakeRoom counted -> {}
                case WorkChange.AwaitRoom counted -> {}
                case WorkChange.LeaveRoom counted -> {}
                case WorkChange.Add add -> open.putIfAbsent(add.item(), new HashSet<>());
                case WorkChange.Remove remove -> open.remove(remove.item());
                case WorkChange.AddEffect effect -> {
                    if (!done.contains(effect.key())) {
                        open.computeIfAbsent(effect.item(), item -> new HashSet<>())
                                .add(effect.key());
                    }
                }
                case WorkChange.EffectDone effect -> {
                    done.add(effect.key());
                    open.getOrDefault(effect.item(), new HashSet<>()).remove(effect.key());
                }
            }
        }
    }

    /** What was noted to be done is still noted, until it was done. */
    void check() {
        for (String item : touched) {
            assertThat(store.effects(item).stream().map(WorkList.Effect::key))
                    .as("what is to be done for %s", item)
                    .containsExactlyInAnyOrderElementsOf(open.getOrDefault(item, Set.of()));
        }
        touched.clear();
    }

    /** What is on the list of work. */
    Set<String> open() {
        return open.keySet();
    }
}
