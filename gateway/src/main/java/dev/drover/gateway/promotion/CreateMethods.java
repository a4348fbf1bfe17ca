package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Etags;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.policy.TextChecks;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.Environment;
import dev.drover.v1.Project;
import dev.drover.v1.Promotion;
import dev.drover.v1.Release;
import dev.drover.v1.RetryPromotionRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The methods that make promotions: CreatePromotion and RetryPromotion. */
final class CreateMethods {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final List<Promotion.State> RETRIED =
            List.of(
                    Promotion.State.FAILED,
                    Promotion.State.ROLLED_BACK,
                    Promotion.State.CANCELLED,
                    Promotion.State.REJECTED,
                    Promotion.State.EXPIRED,
                    Promotion.State.SUPERSEDED,
                    Promotion.State.HELD);

    private final Lookup lookup;
    private final Mutations mutations;
    private final Creations creations;
    private final PromotionChanges changes;
    private final Foresight foresight;

    CreateMethods(
            Lookup lookup,
            Mutations mutations,
            Creations creations,
            PromotionChanges changes,
            Foresight foresight) {
        this.lookup = lookup;
        this.mutations = mutations;
        this.creations = creations;
        this.changes = changes;
        this.foresight = foresight;
    }

    Promotion create(Call call, CreatePromotionRequest request) {
        return answer(
                call,
                request,
                () -> {
                    Promotion input = request.getPromotion();
                    check(request.getParent(), input);
                    texts(input);
                    Promotion promotion =
                            creations
                                    .asked(
                                            Promotion.Kind.RELEASE,
                                            call.caller(),
                                            input.getRelease(),
                                            input.getEnvironment())
                                    .toBuilder()
                                    .setName(name(request))
                                    .setDisplayName(input.getDisplayName())
                                    .putAllLabels(input.getLabelsMap())
                                    .putAllAnnotations(input.getAnnotationsMap())
                                    .setReason(input.getReason())
                                    .build();
                    return made(
                            call,
                            request,
                            new Step.NewPromotion(
                                    promotion, notes(call.caller(), Notes.Restore.NONE)),
                            request.getValidateOnly());
                });
    }

    Promotion retry(Call call, RetryPromotionRequest request) {
        return answer(
                call,
                request,
                () -> {
                    GivenText.optional("reason", request.getReason());
                    Loaded before = changes.load(request.getName());
                    Etags.check(request.getName(), request.getEtag(), before.etag());
                    Promotion ended = before.promotion();
                    Commands.allow(ended, "tried again", RETRIED);
                    Promotion promotion =
                            creations
                                    .asked(
                                            ended.getKind(),
                                            call.caller(),
                                            ended.getRelease(),
                                            ended.getEnvironment())
                                    .toBuilder()
                                    .setName(
                                            creations.freeName(
                                                    ended.getRelease(), ended.getEnvironment()))
                                    .setReason(request.getReason())
                                    .setRetryOf(ended.getName())
                                    .setRollbackOf(ended.getRollbackOf())
                                    .putAllLabels(ended.getLabelsMap())
                                    .addAllGroupCounts(ended.getGroupCountsList())
                                    .build();
                    Notes.Restore restore = before.notes().restore();
                    Notes notes =
                            notes(
                                    call.caller(),
                                    new Notes.Restore(false, restore.promotion(), restore.jobs()));
                    Step.NewPromotion made = new Step.NewPromotion(promotion, notes);
                    return ended.getState() == Promotion.State.HELD
                            ? besideHeld(
                                    new Answered(call, request, request.getValidateOnly()),
                                    made,
                                    before,
                                    held ->
                                            HeldCommands.tryAgain(
                                                    held, call.caller(), promotion.getName()))
                            : made(call, request, made, request.getValidateOnly());
                });
    }

    /** A call, its request, and whether it only asks what would be. */
    record Answered(Call call, Message request, boolean validateOnly) {}

    /** Creates it and, in the same commit, does this to the promotion that is held. */
    Promotion besideHeld(
            Answered answered, Step.NewPromotion made, Loaded held, Consumer<Draft> verb) {
        PromotionChanges.Beside beside =
                changes.beside(
                        answered.call(),
                        held,
                        draft -> {
                            draft.set(Creations.opened(draft.lane(), made));
                            verb.accept(draft);
                        });
        Promotion answer = creations.create(answered.call(), answered.request(), made, beside);
        return answered.validateOnly()
                ? foresight.after(made.promotion(), made.notes(), mutations.now())
                : answer;
    }

    /** Creates it, or, of a request that only validates, tells what it would be. */
    Promotion made(Call call, Message request, Step.NewPromotion made, boolean validateOnly) {
        Promotion answer = creations.create(call, request, made);
        return validateOnly
                ? foresight.after(made.promotion(), made.notes(), mutations.now())
                : answer;
    }

    Promotion answer(Call call, Message request, Supplier<Promotion> attempt) {
        return mutations.answer(call, request, Promotion.getDefaultInstance(), attempt);
    }

    private static void texts(Promotion input) {
        GivenText.optional("promotion.reason", input.getReason());
        TextChecks.check(input).stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw GatewayException.invalidField(
                            "promotion." + problem.path(), problem.message());
                });
    }

    /** Refuses what does not exist, or is of another project. */
    void check(String project, Promotion input) {
        lookup.get(Project.class, project);
        reference(project, "promotion.release", input.getRelease(), Release.class);
        reference(project, "promotion.environment", input.getEnvironment(), Environment.class);
    }

    void reference(String project, String field, String name, Class<? extends Message> type) {
        if (name.isEmpty()) {
            throw GatewayException.invalidField(field, "is required");
        }
        if (!name.startsWith(project + "/")) {
            throw GatewayException.invalidField(
                    field, "'" + name + "' is in another project than '" + project + "'");
        }
        if (lookup.find(type, name).isEmpty()) {
            String why = "'" + name + "' does not exist; create it first, or correct the name";
            throw new GatewayException(
                    Reason.REFERENCE_NOT_FOUND,
                    field + ": " + why,
                    ErrorDetails.field(field, why).with("resource", name));
        }
    }

    private static Notes notes(Principal caller, Notes.Restore restore) {
        return Creations.notes(caller, restore);
    }

    private String name(CreatePromotionRequest request) {
        String id = request.getPromotionId();
        if (id.isEmpty()) {
            return creations.freeName(
                    request.getPromotion().getRelease(), request.getPromotion().getEnvironment());
        }
        if (!ID.matcher(id).matches()) {
            throw GatewayException.invalidField(
                    "promotion_id",
                    "'"
                            + id
                            + "' is not an id; choose 1 to 63 of a-z, 0-9 and -, starting with a letter");
        }
        return request.getParent() + "/promotions/" + id;
    }
}
