package dev.drover.gateway.promotion;

import dev.drover.gateway.call.Call;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;

/** The methods by which people decide about a promotion that exists. */
final class DecideMethods {
    private static final int TEXT_MAX = 1000;

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
        text("comment", request.getComment(), false);
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft ->
                        Commands.approve(
                                draft,
                                preparation.nouns(draft.promotion()),
                                call.caller(),
                                request.getPlanDigest(),
                                request.getComment()));
    }

    Promotion reject(Call call, RejectPromotionRequest request) {
        text("reason", request.getReason(), true);
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.reject(draft, call.caller(), request.getReason()));
    }

    Promotion cancel(Call call, CancelPromotionRequest request) {
        text("reason", request.getReason(), true);
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.cancel(draft, call.caller(), request.getReason()));
    }

    Promotion advance(Call call, AdvancePromotionRequest request) {
        text("reason", request.getReason(), false);
        return changes.change(
                new PromotionChanges.Asked(call, request, request.getName(), request.getEtag()),
                draft -> Commands.advance(draft, call.caller(), request.getReason()));
    }

    private static void text(String field, String text, boolean required) {
        if (required && text.isBlank()) {
            throw GatewayException.invalidField(field, "is required; tell in one sentence why");
        }
        if (text.length() > TEXT_MAX) {
            throw GatewayException.invalidField(
                    field, "has " + text.length() + " characters; at most " + TEXT_MAX);
        }
    }
}
