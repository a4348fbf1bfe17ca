package dev.drover.gateway.promotion;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.plan.PlanNouns;
import dev.drover.gateway.plan.PlanRequest;
import dev.drover.gateway.plan.PlannedChange;
import dev.drover.gateway.plan.Planner;
import dev.drover.gateway.plan.Rendering;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Set;

/** Promotions that change what runs and bring no release: what they are about, and their plans. */
record LiveChanges(PromotionStore store, Planner planner) {
    private static final Set<Promotion.Kind> KINDS =
            Set.of(Promotion.Kind.SCALE, Promotion.Kind.RESTART, Promotion.Kind.STOP);

    /** Whether a promotion brings a release, by itself or as a rollback. */
    static boolean release(Promotion promotion) {
        return !KINDS.contains(promotion.getKind());
    }

    /** What a promotion that succeeded has come to. */
    static String done(Promotion promotion) {
        return switch (promotion.getKind()) {
            case SCALE -> promotion.getRelease() + " runs with other counts";
            case RESTART -> promotion.getRelease() + " was restarted";
            case STOP -> promotion.getRelease() + " is stopped";
            default -> promotion.getRelease() + " runs";
        };
    }

    /**
     * The release that was brought to an environment last.
     *
     * @throws GatewayException TRANSITION_NOT_ALLOWED where Drover brought none
     */
    String release(String application, String environment) {
        Lane lane = store.lane(environment, application);
        return lane.good()
                .map(Lane.Success::release)
                .or(() -> store.promotion(lane.last()).map(Promotion::getRelease))
                .orElseThrow(() ->
                        refused(
                                application,
                                "Drover brought no release of it to %s yet; promote one first"
                                        .formatted(environment)));
    }

    /**
     * What was rendered for what succeeded last in an environment.
     *
     * @throws GatewayException TRANSITION_NOT_ALLOWED where nothing did
     */
    Rendering running(String application, String environment) {
        return store.lane(environment, application)
                .good()
                .map(Lane.Success::rendered)
                .flatMap(store::rendering)
                .orElseThrow(() ->
                        refused(
                                application,
                                "no release of it succeeded in %s yet; promote one first"
                                        .formatted(environment)));
    }

    /** The plan of such a promotion. */
    PlannedChange plan(Promotion promotion, PlanNouns nouns) {
        PlanRequest request = PlanRequest.of(nouns, List.of());
        return switch (promotion.getKind()) {
            case STOP -> planner.live().stopped(request);
            case RESTART -> planner.live().restarted(request);
            case SCALE -> {
                same(promotion);
                yield planner.live()
                        .scaled(
                                request,
                                running(promotion.getApplication(), promotion.getEnvironment()),
                                promotion.getGroupCountsList());
            }
            default -> throw new IllegalArgumentException(promotion.getKind() + " is a release");
        };
    }

    private void same(Promotion promotion) {
        String now = release(promotion.getApplication(), promotion.getEnvironment());
        if (!now.equals(promotion.getRelease())) {
            throw refused(
                    promotion.getApplication(),
                    "%s came to %s since this was asked for; ask again"
                            .formatted(now, promotion.getEnvironment()));
        }
    }

    private static GatewayException refused(String application, String why) {
        return new GatewayException(
                Reason.TRANSITION_NOT_ALLOWED,
                application + ": " + why,
                ErrorDetails.preconditions(
                        List.of(new PreconditionViolation("STATE", application, why))));
    }
}
