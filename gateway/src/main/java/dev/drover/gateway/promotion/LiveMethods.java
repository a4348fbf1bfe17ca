package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
import dev.drover.gateway.plan.ScaleChecks;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.GroupCount;
import dev.drover.v1.Promotion;
import dev.drover.v1.RestartApplicationRequest;
import dev.drover.v1.ScaleApplicationRequest;
import dev.drover.v1.StopApplicationRequest;
import java.util.List;

/** The methods that change what runs and bring no release; they pass every rule, as releases do. */
final class LiveMethods {
    private final LiveChanges live;
    private final Creations creations;
    private final CreateMethods methods;
    private final Lookup lookup;

    LiveMethods(LiveChanges live, Creations creations, CreateMethods methods, Lookup lookup) {
        this.live = live;
        this.creations = creations;
        this.methods = methods;
        this.lookup = lookup;
    }

    /** What every such request has. */
    private record Asked(
            Promotion.Kind kind,
            String application,
            String environment,
            String reason,
            boolean validateOnly) {}

    Promotion scale(Call call, ScaleApplicationRequest request) {
        Asked asked =
                new Asked(
                        Promotion.Kind.SCALE,
                        request.getName(),
                        request.getEnvironment(),
                        request.getReason(),
                        request.getValidateOnly());
        return methods.answer(
                call,
                request,
                () -> {
                    check(asked);
                    GivenText.optional("reason", request.getReason());
                    new ScaleChecks(
                                    lookup.get(Application.class, request.getName()).message(),
                                    lookup.get(Environment.class, request.getEnvironment())
                                            .message(),
                                    live.running(request.getName(), request.getEnvironment()))
                            .check(request.getGroupsList());
                    return made(call, request, asked, request.getGroupsList());
                });
    }

    Promotion restart(Call call, RestartApplicationRequest request) {
        Asked asked =
                new Asked(
                        Promotion.Kind.RESTART,
                        request.getName(),
                        request.getEnvironment(),
                        request.getReason(),
                        request.getValidateOnly());
        return methods.answer(
                call,
                request,
                () -> {
                    check(asked);
                    GivenText.optional("reason", request.getReason());
                    return made(call, request, asked, List.of());
                });
    }

    Promotion stop(Call call, StopApplicationRequest request) {
        Asked asked =
                new Asked(
                        Promotion.Kind.STOP,
                        request.getName(),
                        request.getEnvironment(),
                        request.getReason(),
                        request.getValidateOnly());
        return methods.answer(
                call,
                request,
                () -> {
                    check(asked);
                    GivenText.required("reason", request.getReason());
                    return made(call, request, asked, List.of());
                });
    }

    private void check(Asked asked) {
        String project = Names.project(asked.application());
        methods.reference(project, "name", asked.application(), Application.class);
        methods.reference(project, "environment", asked.environment(), Environment.class);
    }

    private Promotion made(Call call, Message request, Asked asked, List<GroupCount> counts) {
        String release = live.release(asked.application(), asked.environment());
        Promotion promotion =
                creations
                        .asked(asked.kind(), call.caller(), release, asked.environment())
                        .toBuilder()
                        .setName(creations.freeName(release, asked.environment()))
                        .setReason(asked.reason())
                        .addAllGroupCounts(counts)
                        .build();
        return methods.made(
                call,
                request,
                new Step.NewPromotion(
                        promotion, Creations.notes(call.caller(), Notes.Restore.NONE)),
                asked.validateOnly());
    }
}
