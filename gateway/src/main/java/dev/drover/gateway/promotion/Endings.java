package dev.drover.gateway.promotion;

import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import java.util.Map;
import java.util.TreeMap;

/** What the end of a promotion does to its lane. */
final class Endings {
    private Endings() {}

    static Draft closed(Draft draft) {
        Promotion promotion = draft.promotion();
        if (!PromotionStates.ended(promotion)) {
            return draft;
        }
        Places.clear(draft);
        Lane lane = draft.lane();
        if (promotion.getState() == Promotion.State.SUCCEEDED) {
            draft.tellTakenBack();
            lane = succeeded(draft, lane);
        } else if (leaves(promotion)) {
            lane = lane.leaving(Rollbacks.leftBehind(draft));
        }
        String holder = draft.notes().restore().inPlace() ? promotion.getRollbackOf() : "";
        return draft.set(lane.ended(promotion.getName(), holder));
    }

    /** Whether what it changed is as it left it: nothing brought it back, nobody wanted it so. */
    private static boolean leaves(Promotion promotion) {
        return switch (promotion.getKind()) {
            case STOP, RESTART -> false;
            default ->
                    promotion.getState() == Promotion.State.FAILED
                            || (promotion.getState() == Promotion.State.CANCELLED
                                    && promotion.getRolledBackBy().isEmpty());
        };
    }

    private static Lane succeeded(Draft draft, Lane lane) {
        Promotion promotion = draft.promotion();
        return switch (promotion.getKind()) {
            case SCALE -> lane.scaled(promotion.getName(), versions(lane, promotion));
            case RESTART ->
                    lane.restarted(promotion.getName(), draft.situation().now().toEpochMilli());
            case STOP -> lane.stopped(promotion.getName());
            default ->
                    lane.succeeded(
                            new Lane.Success(
                                    promotion.getName(),
                                    promotion.getRelease(),
                                    draft.situation().now().toEpochMilli(),
                                    rendered(draft)),
                            versions(lane, promotion));
        };
    }

    /** A rollback renders nothing: whatever goes back to it goes back to what it brought. */
    private static String rendered(Draft draft) {
        String restored = draft.notes().restore().promotion();
        return restored.isEmpty() ? draft.promotion().getName() : restored;
    }

    private static Map<String, Long> versions(Lane lane, Promotion promotion) {
        Map<String, Long> versions = new TreeMap<>(lane.versions());
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            if (phase.getState() == Phase.State.SUCCEEDED) {
                versions.put(phase.getJob(), phase.getJobVersion());
            }
        }
        return versions;
    }
}
