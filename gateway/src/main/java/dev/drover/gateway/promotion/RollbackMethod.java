package dev.drover.gateway.promotion;

import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
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
    private final RollbackTargets targets;
    private final Creations creations;
    private final CreateMethods methods;

    RollbackMethod(RollbackTargets targets, Creations creations, CreateMethods methods) {
        this.targets = targets;
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
                    Lane.Success target = targets.of(request);
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
                                    .setRollbackOf(targets.takenBack(request))
                                    .build();
                    Optional<Loaded> held = targets.held(request);
                    Notes notes =
                            Creations.notes(
                                    call.caller(),
                                    new Notes.Restore(
                                            held.isPresent(), target.rendered(), List.of()));
                    Step.NewPromotion made = new Step.NewPromotion(promotion, notes);
                    return held.isPresent()
                            ? methods.besideHeld(
                                    new CreateMethods.Answered(
                                            call, request, request.getValidateOnly()),
                                    made,
                                    held.get(),
                                    draft -> HeldCommands.rollBack(draft, call.caller(), promotion))
                            : methods.made(call, request, made, request.getValidateOnly());
                });
    }
}
