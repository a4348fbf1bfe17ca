package dev.drover.gateway.promotion;

import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What became of the promotions of an application in an environment, for the rules of later ones.
 *
 * @param environmentUid which incarnation of the environment
 * @param newest those whose rollout had begun, the newest first
 */
record Outcomes(String environmentUid, List<Outcome> newest) {
    private static final int KEPT = 20;

    private static final Set<Promotion.State> TOLD =
            Set.of(
                    Promotion.State.SUCCEEDED,
                    Promotion.State.FAILED,
                    Promotion.State.ROLLED_BACK,
                    Promotion.State.CANCELLED);

    Outcomes {
        newest = List.copyOf(newest);
    }

    /**
     * One of them.
     *
     * @param takenBack whether a person rolled it back afterwards
     */
    record Outcome(
            String promotion,
            String kind,
            String release,
            String state,
            boolean takenBack,
            long startMillis,
            long endMillis) {}

    static Outcomes none(String environmentUid) {
        return new Outcomes(environmentUid, List.of());
    }

    /** Whether a promotion that has ended belongs here. */
    static boolean tells(Promotion promotion) {
        return promotion.hasStartTime() && TOLD.contains(promotion.getState());
    }

    /** With a promotion that ended now; a rollback that succeeded marks what it took back. */
    Outcomes ended(Promotion promotion, long millis) {
        boolean back =
                promotion.getKind() == Promotion.Kind.ROLLBACK
                        && promotion.getState() == Promotion.State.SUCCEEDED;
        List<Outcome> longer = new ArrayList<>();
        longer.add(
                new Outcome(
                        promotion.getName(),
                        promotion.getKind().name(),
                        promotion.getRelease(),
                        promotion.getState().name(),
                        false,
                        promotion.getStartTime().getSeconds() * 1000
                                + promotion.getStartTime().getNanos() / 1_000_000,
                        millis));
        newest.stream()
                .map(one ->
                        back && one.promotion().equals(promotion.getRollbackOf())
                                ? takenBack(one)
                                : one)
                .limit(KEPT - 1)
                .forEach(longer::add);
        return new Outcomes(environmentUid, longer);
    }

    private static Outcome takenBack(Outcome one) {
        return new Outcome(
                one.promotion(),
                one.kind(),
                one.release(),
                one.state(),
                true,
                one.startMillis(),
                one.endMillis());
    }
}
