package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import com.google.protobuf.Message;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.FieldViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The standard method Update, for every kind. */
final class Updates {
    private final Mutations mutations;
    private final Checks checks;
    private final Lookup lookup;
    private final Creates creates;

    Updates(Mutations mutations, Checks checks, Lookup lookup, Creates creates) {
        this.mutations = mutations;
        this.checks = checks;
        this.lookup = lookup;
        this.creates = creates;
    }

    <M extends Message> M update(Asked<M> asked) {
        return mutations.answer(asked, asked.kind().prototype(), () -> attempt(asked));
    }

    private <M extends Message> M attempt(Asked<M> asked) {
        Kind<M> kind = asked.kind();
        M input = asked.input();
        String name = Fields.text(input, "name");
        checks.name(kind, asked.field() + ".name", name);
        Optional<Versioned<M>> present = lookup.stored(kind, name);
        if (present.isEmpty()) {
            return createMissing(asked, name);
        }
        M before = present.get().message();
        Etags.check(name, Fields.text(input, "etag"), Fields.text(before, "etag"));
        UpdateMask mask = UpdateMask.of(asked.mask(), input);
        M clean = kind.cast(Fields.without(input, FieldBehavior.OUTPUT_ONLY));
        M merged = kind.cast(mask.apply(before, clean));
        refuseImmutable(asked, Changes.between(before, merged).immutable());
        Draft<M> draft =
                new Draft<>(
                        name,
                        merged,
                        Optional.of(before),
                        mask.inputOnly(),
                        asked.call().caller().account());
        List<RecordKey> references = checks.check(kind, draft, asked.field());
        Prepared<M> prepared = kind.hooks().beforeCommit(draft, lookup);
        return commit(asked, present.get(), prepared, references);
    }

    private <M extends Message> M createMissing(Asked<M> asked, String name) {
        Kind<M> kind = asked.kind();
        if (!asked.flag("allow_missing")) {
            throw kind.notFound(name);
        }
        kind.ids().check(asked.field() + ".name", ResourcePattern.idOf(name));
        return creates.create(asked, name);
    }

    private static void refuseImmutable(Asked<?> asked, List<String> paths) {
        if (paths.isEmpty()) {
            return;
        }
        String what = "cannot be changed once it is set; delete and create to change it";
        List<FieldViolation> fields =
                paths.stream()
                        .map(path -> new FieldViolation(asked.field() + "." + path, what))
                        .toList();
        throw new GatewayException(
                Reason.IMMUTABLE_FIELD,
                asked.field() + "." + String.join(", ", paths) + ": " + what,
                ErrorDetails.fields(fields));
    }

    private <M extends Message> M commit(
            Asked<M> asked,
            Versioned<M> present,
            Prepared<M> prepared,
            List<RecordKey> references) {
        Kind<M> kind = asked.kind();
        M before = present.message();
        Message.Builder stored =
                Fields.without(prepared.message(), FieldBehavior.INPUT_ONLY).toBuilder();
        String oldEtag = Fields.text(before, "etag");
        Fields.set(stored, "etag", oldEtag);
        List<String> changed = Changes.between(before, stored.build()).paths();
        if (changed.isEmpty() || asked.flag("validate_only")) {
            M answer = kind.hooks().present(kind.cast(stored.build()));
            mutations.keep(asked, answer);
            return answer;
        }
        Fields.set(stored, "update_time", Fields.timestamp(mutations.now()));
        var body = kind.body(kind.cast(stored.build()));
        String etag = Etags.of(present.revision() + 1, body);
        Fields.set(stored, "etag", etag);
        M answer = kind.hooks().present(kind.cast(stored.build()));
        List<Write> writes = new ArrayList<>();
        String name = Fields.text(before, "name");
        writes.add(new Write.Put(kind.recordKind(), name, present.revision(), body, references));
        writes.addAll(prepared.alongside());
        String fields = String.join(", ", changed);
        mutations.commit(
                asked,
                answer,
                writes,
                asked.event(
                        "update",
                        name,
                        kind.recordKind() + " changed: " + fields,
                        Map.of("changedFields", fields, "oldEtag", oldEtag, "newEtag", etag)));
        return answer;
    }
}
