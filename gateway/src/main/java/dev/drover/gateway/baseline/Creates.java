package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Write;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The standard method Create, for every kind. */
final class Creates {
    private static final int UID_BYTES = 16;

    private final Mutations mutations;
    private final Checks checks;
    private final Lookup lookup;
    private final RandomGenerator random;

    Creates(Mutations mutations, Checks checks, Lookup lookup, RandomGenerator random) {
        this.mutations = mutations;
        this.checks = checks;
        this.lookup = lookup;
        this.random = random;
    }

    <M extends Message> M create(Asked<M> asked) {
        return mutations.answer(asked, asked.kind().prototype(), () -> attempt(asked));
    }

    private <M extends Message> M attempt(Asked<M> asked) {
        Kind<M> kind = asked.kind();
        String idField = asked.field() + "_id";
        kind.ids().check(idField, asked.text(idField));
        String parent = kind.pattern().isTop() ? "" : checks.parent(kind, asked.text("parent"));
        return create(asked, kind.pattern().name(parent, asked.text(idField)));
    }

    /** Creates under this name; also for an update that creates what is missing. */
    <M extends Message> M create(Asked<M> asked, String name) {
        Kind<M> kind = asked.kind();
        M input = asked.input();
        Draft<M> draft =
                new Draft<>(
                        name,
                        kind.cast(clean(input, name)),
                        Optional.empty(),
                        UpdateMask.of(FieldMask.getDefaultInstance(), input).inputOnly(),
                        asked.call().caller().account());
        List<RecordKey> references = checks.check(kind, draft, asked.field());
        if (lookup.find(kind, name).isPresent()) {
            throw new GatewayException(
                    Reason.ALREADY_EXISTS,
                    name + " exists already; choose another id" + orUpdate(kind),
                    ErrorDetails.resource(kind.resource().getType(), name));
        }
        Prepared<M> prepared = kind.hooks().beforeCommit(draft, lookup);
        return commit(asked, name, prepared, references);
    }

    private static String orUpdate(Kind<?> kind) {
        return kind.verbs().contains(Verb.UPDATE) ? ", or update it" : "; it cannot be changed";
    }

    private <M extends Message> M commit(
            Asked<M> asked, String name, Prepared<M> prepared, List<RecordKey> references) {
        Kind<M> kind = asked.kind();
        Message.Builder stored =
                Fields.without(prepared.message(), FieldBehavior.INPUT_ONLY).toBuilder();
        if (asked.flag("validate_only")) {
            return kind.hooks().present(kind.cast(stored.build()));
        }
        Timestamp now = Fields.timestamp(mutations.now());
        Fields.set(stored, "uid", uid());
        Fields.set(stored, "create_time", now);
        Fields.set(stored, "update_time", now);
        var body = kind.body(kind.cast(stored.build()));
        String etag = Etags.of(1, body);
        Fields.set(stored, "etag", etag);
        M answer = kind.hooks().present(kind.cast(stored.build()));
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(kind.recordKind(), name, Write.ABSENT, body, references));
        writes.addAll(prepared.alongside());
        mutations.commit(
                asked,
                answer,
                writes,
                asked.event(
                        "create", name, kind.recordKind() + " created", Map.of("newEtag", etag)));
        return answer;
    }

    private static Message clean(Message input, String name) {
        Message.Builder clean = Fields.without(input, FieldBehavior.OUTPUT_ONLY).toBuilder();
        Fields.set(clean, "name", name);
        Fields.clear(clean, "etag");
        return clean.build();
    }

    private String uid() {
        byte[] bytes = new byte[UID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
