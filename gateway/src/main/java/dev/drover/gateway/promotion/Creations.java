package dev.drover.gateway.promotion;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts new promotions into their lanes and on the list of work. */
final class Creations {
    private final PromotionStore store;

    Creations(PromotionStore store) {
        this.store = store;
    }

    /** A promotion that somebody asks for, before it is planned. */
    static Promotion asked(Promotion.Kind kind, Principal caller, Instant now) {
        return Promotion.newBuilder()
                .setKind(kind)
                .setRequester(caller.account())
                .setState(Promotion.State.PLANNING)
                .setStateMessage("waits to be planned")
                .setCreateTime(Times.timestamp(now))
                .build();
    }

    static Notes notes(Principal caller, Notes.Restore restore) {
        return Notes.requested(caller.groups().stream().sorted().toList(), restore);
    }

    /**
     * The commit that creates it: the promotion, its place in the lane, its entry in the audit log
     * and in the list of work.
     */
    Commit commit(
            Step.NewPromotion made, String requestId, Optional<Receipt> receipt, Instant now) {
        Promotion promotion = made.promotion();
        String lane = Names.lane(promotion);
        List<Write> writes = new ArrayList<>();
        writes.add(store.put(promotion, Write.ABSENT, now));
        writes.add(store.put(promotion.getName(), made.notes(), Write.ABSENT));
        writes.add(
                store.put(
                        lane,
                        store.lane(lane).opened(promotion.getName()),
                        store.laneRevision(lane)));
        Map<String, String> details = new LinkedHashMap<>();
        details.put("state", promotion.getState().name());
        details.put("release", promotion.getRelease());
        details.put("environment", promotion.getEnvironment());
        AuditEvent event =
                new AuditEvent(
                        promotion.getRequester(),
                        "promotion.create",
                        promotion.getName(),
                        "%s of %s to %s%s"
                                .formatted(
                                        promotion.getKind(),
                                        promotion.getRelease(),
                                        promotion.getEnvironment(),
                                        promotion.getReason().isEmpty()
                                                ? ""
                                                : ": " + promotion.getReason()),
                        details,
                        requestId);
        return new Commit(
                writes,
                List.of(event),
                receipt,
                List.of(new WorkChange.Add(promotion.getName(), lane)));
    }
}
