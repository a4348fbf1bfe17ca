package dev.drover.gateway.promotion;

import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.ResumePromotionRequest;
import dev.drover.v1.WithdrawApprovalRequest;

/** The methods by which people decide about a promotion that exists. */
final class DecideMethods {
    private final PromotionChanges changes;
    private final Preparation preparation;

    DecideMethods(PromotionChanges changes, Preparation preparation) {
        this.changes = changes;
        this.preparation = preparation;
    }

    Promotion approve(Call call, ApprovePromotionRequest request) {
        if (request.getPlanDigest().isEmpty()) {
            throw GatewayException.invalidField(
                    "plan_digest", "is required: the digest of the plan that was looked at");
        }
        if (request.getEtag().isEmpty()) {
            throw GatewayException.invalidField(
                    "etag", "is required: the etag of the promotion that the plan was read of");
        }
        GivenText.optional("comment", request.getComment());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft ->
                        ApprovalCommands.approve(
                                draft,
                                preparation::approvalCase,
                                call.caller(),
                                request.getPlanDigest(),
                                request.getComment()));
    }

    Promotion withdraw(Call call, WithdrawApprovalRequest request) {
        GivenText.optional("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft ->
                        ApprovalCommands.withdraw(
                                draft,
                                preparation::approvalCase,
                                call.caller(),
                                request.getReason()));
    }

    Promotion reject(Call call, RejectPromotionRequest request) {
        GivenText.required("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft ->
                        ApprovalCommands.reject(
                                draft,
                                preparation::approvalCase,
                                call.caller(),
                                request.getReason()));
    }

    Promotion cancel(Call call, CancelPromotionRequest request) {
        GivenText.required("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.cancel(draft, call.caller(), request.getReason()));
    }

    Promotion advance(Call call, AdvancePromotionRequest request) {
        GivenText.optional("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.advance(draft, call.caller(), request.getReason()));
    }

    Promotion pause(Call call, PausePromotionRequest request) {
        GivenText.required("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.pause(draft, call.caller(), request.getReason()));
    }

    Promotion resume(Call call, ResumePromotionRequest request) {
        GivenText.optional("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.resume(draft, call.caller(), request.getReason()));
    }

    Promotion abort(Call call, AbortPromotionRequest request) {
        GivenText.required("reason", request.getReason());
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.abort(draft, call.caller(), request.getReason()));
    }
}
