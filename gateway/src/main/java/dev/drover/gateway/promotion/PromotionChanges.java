package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.Etags;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Changes of one promotion by people: the same for every verb. */
final class PromotionChanges {
    private final PromotionStore store;
    private final Mutations mutations;
    private final EngineLimits limits;

    PromotionChanges(PromotionStore store, Mutations mutations, EngineLimits limits) {
        this.store = store;
        this.mutations = mutations;
        this.limits = limits;
    }

    /** What every request of such a change has. */
    record Asked(Call call, Message request, String name, String etag) {}

    /** A promotion, or NOT_FOUND. */
    Loaded load(String name) {
        if (name.isEmpty()) {
            throw GatewayException.invalidField(
                    "name", "is required; write projects/{project}/promotions/{promotion}");
        }
        return store.load(name)
                .orElseThrow(() -> GatewayException.notFound("drover.dev/Promotion", name));
    }

    Promotion change(Asked asked, Consumer<Draft> verb) {
        return mutations.answer(
                asked.call(),
                asked.request(),
                Promotion.getDefaultInstance(),
                () -> attempt(asked, verb));
    }

    private Promotion attempt(Asked asked, Consumer<Draft> verb) {
        Loaded loaded = load(asked.name());
        Etags.check(asked.name(), asked.etag(), loaded.etag());
        Instant now = mutations.now();
        Step step = step(asked.call(), loaded, verb, now);
        List<Write> writes = store.writes(loaded, step, now);
        Promotion answer =
                writes.stream()
                        .filter(one -> one.kind().equals(PromotionStore.PROMOTION))
                        .findFirst()
                        .map(one -> PromotionStore.answer((Write.Put) one))
                        .orElse(loaded.promotion());
        mutations.commit(
                asked.call(),
                asked.request(),
                answer,
                new Commit(
                        writes,
                        step.audit(),
                        Optional.empty(),
                        Rooms.left(loaded.promotion(), step.promotion())));
        return answer;
    }

    private Step step(Call call, Loaded loaded, Consumer<Draft> verb, Instant now) {
        Draft draft =
                new Draft(
                        new Situation(
                                loaded.promotion(),
                                loaded.notes(),
                                loaded.lane(),
                                store.mode(loaded.promotion().getEnvironment()),
                                "",
                                limits,
                                now),
                        call.caller().account(),
                        call.id());
        verb.accept(draft);
        return Endings.closed(draft).done();
    }

    /** A change of one promotion that is committed together with the creation of another. */
    Beside beside(Call call, Loaded loaded, Consumer<Draft> verb) {
        Instant now = mutations.now();
        Step step = step(call, loaded, verb, now);
        return new Beside(store.writes(loaded, step, now), step.audit());
    }

    /** What is committed together with something else. */
    record Beside(List<Write> writes, List<AuditEvent> audit) {}
}
