package dev.drover.gateway.promotion;

import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.Promotion;
import dev.drover.v1.RollbackApplicationRequest;
import java.util.List;
import java.util.Optional;

/**
 * RollbackApplication: brings back a release that succeeded here before, rendered as it was. Asked
 * for by a person, it passes every rule, approvals included, as any promotion does.
 */
final class RollbackMethod {
    private final PromotionStore store;
    private final Creations creations;
    private final CreateMethods methods;

    RollbackMethod(PromotionStore store, Creations creations, CreateMethods methods) {
        this.store = store;
        this.creations = creations;
        this.methods = methods;
    }

    Promotion rollback(Call call, RollbackApplicationRequest request) {
        return methods.answer(
                call,
                request,
                () -> {
                    String project = Names.project(request.getName());
                    methods.reference(project, "name", request.getName(), Application.class);
                    methods.reference(
                            project, "environment", request.getEnvironment(), Environment.class);
                    GivenText.required("reason", request.getReason());
                    Lane.Success target = target(request);
                    Promotion promotion =
                            creations
                                    .asked(
                                            Promotion.Kind.ROLLBACK,
                                            call.caller(),
                                            target.release(),
                                            request.getEnvironment())
                                    .toBuilder()
                                    .setName(
                                            creations.freeName(
                                                    target.release(), request.getEnvironment()))
                                    .setReason(request.getReason())
                                    .build();
                    Notes notes =
                            Creations.notes(
                                    call.caller(),
                                    new Notes.Restore(false, target.promotion(), List.of()));
                    return methods.made(
                            call,
                            request,
                            new Step.NewPromotion(promotion, notes),
                            request.getValidateOnly());
                });
    }

    private Lane.Success target(RollbackApplicationRequest request) {
        Lane lane = store.lane(request.getEnvironment(), request.getName());
        Optional<Lane.Success> target =
                lane.successes().stream()
                        .filter(success -> wanted(success, request, lane))
                        .findFirst();
        return target.orElseThrow(() -> {
            String why =
                    request.getRelease().isEmpty()
                            ? "no release succeeded in %s before the present one"
                                    .formatted(request.getEnvironment())
                            : "%s never succeeded in %s"
                                    .formatted(request.getRelease(), request.getEnvironment());
            return new GatewayException(
                    Reason.TRANSITION_NOT_ALLOWED,
                    request.getName() + " cannot be rolled back: " + why,
                    ErrorDetails.preconditions(
                            List.of(
                                    new PreconditionViolation(
                                            "ROLLBACK", request.getName(), why))));
        });
    }

    /** Where the last rollout left something broken, what succeeded last is the one before. */
    private static boolean wanted(
            Lane.Success success, RollbackApplicationRequest request, Lane lane) {
        if (!request.getRelease().isEmpty()) {
            return success.release().equals(request.getRelease());
        }
        String present = lane.good().map(Lane.Success::release).orElse("");
        return !lane.intact() || !success.release().equals(present);
    }
}
