package dev.drover.gateway.promotion;

import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.decision.GoingBack;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells from a lane how far a rollback goes back. */
final class GoingsBack {
    private GoingsBack() {}

    /** Empty for what is no rollback, or to a release that never succeeded there. */
    static Optional<GoingBack> of(Promotion promotion, Lane lane, Instant now) {
        if (promotion.getKind() != Promotion.Kind.ROLLBACK) {
            return Optional.empty();
        }
        List<Lane.Success> successes = lane.successes();
        Set<String> between = new LinkedHashSet<>();
        for (int i = 0; i < successes.size(); i++) {
            String release = successes.get(i).release();
            if (release.equals(promotion.getRelease())) {
                // What still ran when something broken came over it was not replaced by a success.
                Instant until = i == 0 ? now : Instant.ofEpochMilli(successes.get(i - 1).millis());
                boolean broken = !lane.intact();
                return Optional.of(
                        new GoingBack(
                                promotion.getRequester().equals(Principal.DROVER.account()),
                                between.size() + (broken ? 1 : 0),
                                until));
            }
            between.add(release);
        }
        return Optional.empty();
    }
}
