package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.WorkChange;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Puts new promotions into their lanes and on the list of work. */
final class Creations {
    private static final int UID_BYTES = 16;
    private static final int ID_MAX = 63;
    private static final int NUMBER_MAX = 7;

    private final PromotionStore store;
    private final Mutations mutations;
    private final RandomGenerator random;

    Creations(PromotionStore store, Mutations mutations, RandomGenerator random) {
        this.store = store;
        this.mutations = mutations;
        this.random = random;
    }

    /** A promotion that somebody asks for, before it is planned. */
    Promotion asked(Promotion.Kind kind, Principal caller, String release, String environment) {
        return Promotion.newBuilder()
                .setUid(uid())
                .setKind(kind)
                .setRelease(release)
                .setApplication(Names.application(release))
                .setEnvironment(environment)
                .setRequester(caller.account())
                .setState(Promotion.State.PLANNING)
                .setStateMessage("waits to be planned")
                .setCreateTime(Times.timestamp(mutations.now()))
                .build();
    }

    static Notes notes(Principal caller, Notes.Restore restore) {
        return Notes.requested(caller.groups().stream().sorted().toList(), restore);
    }

    /** A free name, made of application, release, environment and a number. */
    String freeName(String release, String environment) {
        String plain =
                (Names.id(Names.application(release))
                                + "-"
                                + Names.id(release)
                                + "-"
                                + Names.id(environment))
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9-]", "-")
                        .replaceFirst("^[^a-z]+", "");
        String base = plain.substring(0, Math.min(plain.length(), ID_MAX - NUMBER_MAX));
        int number = 1;
        while (true) {
            String name =
                    Names.project(release)
                            + "/promotions/"
                            + (base.isEmpty() ? "promotion" : base)
                            + "-"
                            + number;
            if (!store.exists(name)) {
                return name;
            }
            number++;
        }
    }

    /** Commits it, unless the request only asks what would be. */
    Promotion create(Call call, Message request, Step.NewPromotion made) {
        Promotion promotion = made.promotion();
        Lane lane = store.lane(promotion.getEnvironment(), promotion.getApplication());
        Write opened =
                store.put(
                        promotion.getEnvironment(), promotion.getApplication(), opened(lane, made));
        return create(call, request, made, new PromotionChanges.Beside(List.of(opened), List.of()));
    }

    /** The lane in which it has its place. */
    static Lane opened(Lane lane, Step.NewPromotion made) {
        return lane.opened(
                made.promotion().getName(),
                LaneMark.Rank.of(made.promotion().getKind(), made.notes().restore().inPlace()));
    }

    /** The same together with a change of another, which opens the lane for it. */
    Promotion create(
            Call call, Message request, Step.NewPromotion made, PromotionChanges.Beside beside) {
        String name = made.promotion().getName();
        if (store.exists(name)) {
            throw new GatewayException(
                    Reason.ALREADY_EXISTS,
                    name + " exists already; choose another id, or leave it out",
                    ErrorDetails.resource("drover.dev/Promotion", name));
        }
        Write.Put written = store.put(made.promotion(), Write.ABSENT, mutations.now());
        Promotion answer = PromotionStore.answer(written);
        List<Write> writes = new ArrayList<>(beside.writes());
        writes.add(written);
        writes.add(store.put(name, made.notes(), Write.ABSENT));
        List<AuditEvent> audit = new ArrayList<>(beside.audit());
        audit.add(event(made.promotion(), call.id()));
        mutations.commit(
                call,
                request,
                answer,
                new Commit(
                        writes,
                        audit,
                        Optional.empty(),
                        List.of(new WorkChange.Add(name, Names.lane(made.promotion())))));
        return answer;
    }

    private static AuditEvent event(Promotion promotion, String requestId) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("state", promotion.getState().name());
        details.put("release", promotion.getRelease());
        details.put("environment", promotion.getEnvironment());
        promotion
                .getGroupCountsList()
                .forEach(one ->
                        details.put(
                                "count of " + one.getJob() + "." + one.getGroup(),
                                Integer.toString(one.getCount())));
        return new AuditEvent(
                promotion.getRequester(),
                "promotion.create",
                promotion.getName(),
                "%s of %s to %s%s"
                        .formatted(
                                promotion.getKind(),
                                promotion.getRelease(),
                                promotion.getEnvironment(),
                                promotion.getReason().isEmpty()
                                        ? ""
                                        : ": " + promotion.getReason()),
                details,
                requestId);
    }

    private String uid() {
        byte[] bytes = new byte[UID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
