package dev.drover.gateway.promotion;

import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import dev.drover.v1.RollbackApplicationRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rollback that a person asks for goes back to, and what it takes back. */
final class RollbackTargets {
    private static final int NAMED_MAX = 5;

    private final PromotionStore store;
    private final Lookup lookup;

    RollbackTargets(PromotionStore store, Lookup lookup) {
        this.store = store;
        this.lookup = lookup;
    }

    /**
     * The success to go back to: that of the release that is named, else the last before the
     * present one. Where the last rollout left something broken, that is the last of all.
     *
     * @throws GatewayException TRANSITION_NOT_ALLOWED naming the field, where there is none
     */
    Lane.Success of(RollbackApplicationRequest request) {
        Lane lane = store.lane(request.getEnvironment(), request.getName());
        String present = lane.intact() ? lane.good().map(Lane.Success::release).orElse("") : "";
        return request.getRelease().isEmpty()
                ? last(request, lane, present)
                : named(request, lane, present);
    }

    /** The promotion that failed and holds the lane until a person decides. */
    Optional<Loaded> held(RollbackApplicationRequest request) {
        Lane lane = store.lane(request.getEnvironment(), request.getName());
        return store.load(lane.running())
                .filter(one -> one.promotion().getState() == Promotion.State.HELD);
    }

    /** The promotion that is taken back: what runs, or what failed and was left; empty: unknown. */
    String takenBack(RollbackApplicationRequest request) {
        Optional<Loaded> held = held(request);
        if (held.isPresent()) {
            return held.get().promotion().getName();
        }
        Lane lane = store.lane(request.getEnvironment(), request.getName());
        if (lane.intact()) {
            return lane.good().map(Lane.Success::promotion).orElse("");
        }
        return store.promotion(lane.last())
                .filter(Promotion::hasStartTime)
                .map(Promotion::getName)
                .orElse("");
    }

    private Lane.Success last(RollbackApplicationRequest request, Lane lane, String present) {
        Optional<Lane.Success> last =
                lane.successes().stream()
                        .filter(one -> !one.release().equals(present))
                        .filter(one -> !abandoned(one.release()))
                        .findFirst();
        return last.orElseThrow(() -> {
            String before =
                    present.isEmpty() ? "" : " before the present one, " + Names.id(present);
            return refused(
                    request,
                    "environment",
                    "no release succeeded in %s%s, so there is nothing to go back to; promote one that is good"
                            .formatted(request.getEnvironment(), before));
        });
    }

    private Lane.Success named(RollbackApplicationRequest request, Lane lane, String present) {
        String release = request.getRelease();
        if (release.equals(present)) {
            throw refused(
                    request,
                    "release",
                    "%s runs in %s already; to undo what somebody changed in Nomad, promote it again"
                            .formatted(release, request.getEnvironment()));
        }
        return lane.successes().stream()
                .filter(one -> one.release().equals(release))
                .findFirst()
                .orElseThrow(() ->
                        refused(
                                request,
                                "release",
                                "%s never succeeded in %s; %s"
                                        .formatted(
                                                release,
                                                request.getEnvironment(),
                                                known(lane, present))));
    }

    private static String known(Lane lane, String present) {
        List<String> others =
                lane.successes().stream()
                        .map(Lane.Success::release)
                        .filter(one -> !one.equals(present))
                        .distinct()
                        .limit(NAMED_MAX)
                        .map(Names::id)
                        .toList();
        return others.isEmpty()
                ? "nothing else did, so promote a release that is good"
                : "go back to one that did: " + others.stream().collect(Collectors.joining(", "));
    }

    private boolean abandoned(String release) {
        return lookup.find(Release.class, release)
                .filter(one -> one.message().getState() == Release.State.ABANDONED)
                .isPresent();
    }

    private static GatewayException refused(
            RollbackApplicationRequest request, String field, String why) {
        return new GatewayException(
                Reason.TRANSITION_NOT_ALLOWED,
                "%s: %s cannot be rolled back: %s".formatted(field, request.getName(), why),
                ErrorDetails.preconditions(
                                List.of(
                                        new PreconditionViolation(
                                                "ROLLBACK", request.getName(), why)))
                        .with("field", field));
    }
}
