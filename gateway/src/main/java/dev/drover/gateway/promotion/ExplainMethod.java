package dev.drover.gateway.promotion;

import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Environment;
import dev.drover.v1.ExplainPromotionRequest;
import dev.drover.v1.ExplainPromotionResponse;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import java.util.Set;

/** ExplainPromotion: what stands between a release and an environment; changes nothing. */
final class ExplainMethod {
    private static final Set<Promotion.State> UNDECIDED =
            Set.of(
                    Promotion.State.PLANNING,
                    Promotion.State.BLOCKED,
                    Promotion.State.PENDING_APPROVAL,
                    Promotion.State.QUEUED);

    private final PromotionChanges changes;
    private final CreateMethods methods;
    private final Creations creations;
    private final Foresight foresight;
    private final Mutations mutations;

    ExplainMethod(
            PromotionChanges changes,
            CreateMethods methods,
            Creations creations,
            Foresight foresight,
            Mutations mutations) {
        this.changes = changes;
        this.methods = methods;
        this.creations = creations;
        this.foresight = foresight;
        this.mutations = mutations;
    }

    ExplainPromotionResponse explain(Call call, ExplainPromotionRequest request) {
        return request.getName().isEmpty() ? imagined(call, request) : existing(request);
    }

    private ExplainPromotionResponse existing(ExplainPromotionRequest request) {
        if (!request.getRelease().isEmpty() || !request.getEnvironment().isEmpty()) {
            throw GatewayException.invalidField(
                    "name", "excludes release and environment: an existing promotion has both");
        }
        Loaded loaded = changes.load(request.getName());
        if (!UNDECIDED.contains(loaded.promotion().getState())) {
            return told(loaded.promotion());
        }
        Promotion anew = loaded.promotion().toBuilder().setState(Promotion.State.PLANNING).build();
        return told(foresight.after(anew, loaded.notes(), mutations.now()));
    }

    private ExplainPromotionResponse imagined(Call call, ExplainPromotionRequest request) {
        String project = request.getParent();
        if (project.isEmpty()) {
            throw GatewayException.invalidField(
                    "parent", "is required with release and environment; or send a name");
        }
        methods.reference(project, "release", request.getRelease(), Release.class);
        methods.reference(project, "environment", request.getEnvironment(), Environment.class);
        return imagined(call, request.getRelease(), request.getEnvironment());
    }

    /** Of a release and an environment that exist. */
    ExplainPromotionResponse imagined(Call call, String release, String environment) {
        Promotion promotion =
                creations
                        .asked(Promotion.Kind.RELEASE, call.caller(), release, environment)
                        .toBuilder()
                        .setName(Names.project(release) + "/promotions/-")
                        .build();
        return told(
                foresight.after(
                        promotion,
                        Creations.notes(call.caller(), Notes.Restore.NONE),
                        mutations.now()));
    }

    private static ExplainPromotionResponse told(Promotion promotion) {
        return ExplainPromotionResponse.newBuilder()
                .setState(promotion.getState())
                .setMessage(
                        promotion.getState() == Promotion.State.QUEUED
                                ? "every rule is met"
                                : promotion.getStateMessage())
                .setDecision(promotion.getDecision())
                .setPlan(promotion.getPlan())
                .build();
    }
}
