package dev.drover.gateway.baseline;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The standard method Delete, for every kind. */
final class Deletes {
    private final Mutations mutations;
    private final Checks checks;
    private final Lookup lookup;
    private final Records records;

    Deletes(Mutations mutations, Checks checks, Lookup lookup, Records records) {
        this.mutations = mutations;
        this.checks = checks;
        this.lookup = lookup;
        this.records = records;
    }

    <M extends Message> Empty delete(Asked<M> asked) {
        return mutations.answer(asked, Empty.getDefaultInstance(), () -> attempt(asked));
    }

    private <M extends Message> Empty attempt(Asked<M> asked) {
        Kind<M> kind = asked.kind();
        String name = asked.text("name");
        checks.name(kind, "name", name);
        Optional<Versioned<M>> present = lookup.stored(kind, name);
        if (present.isEmpty()) {
            if (!asked.flag("allow_missing")) {
                throw kind.notFound(name);
            }
            mutations.keep(asked, Empty.getDefaultInstance());
            return Empty.getDefaultInstance();
        }
        M message = present.get().message();
        String etag = Fields.text(message, "etag");
        Etags.check(name, asked.text("etag"), etag);
        kind.hooks().checkDeletion(message);
        List<Write> writes = new ArrayList<>(kind.hooks().alongsideDeletion(message, lookup));
        refuseReferred(kind.key(name), writes);
        writes.add(new Write.Delete(kind.recordKind(), name, present.get().revision()));
        mutations.commit(
                asked,
                Empty.getDefaultInstance(),
                writes,
                asked.event(
                        "delete", name, kind.recordKind() + " deleted", Map.of("oldEtag", etag)));
        return Empty.getDefaultInstance();
    }

    private void refuseReferred(RecordKey target, List<Write> alongside) {
        Set<RecordKey> going =
                alongside.stream()
                        .map(write -> new RecordKey(write.kind(), write.name()))
                        .collect(Collectors.toSet());
        List<RecordKey> referrers =
                records.referrers(target).stream().filter(key -> !going.contains(key)).toList();
        if (referrers.isEmpty()) {
            return;
        }
        String names = referrers.stream().map(RecordKey::name).collect(Collectors.joining(", "));
        throw new GatewayException(
                Reason.STILL_REFERENCED,
                target.name()
                        + " cannot be deleted while others refer to it: "
                        + names
                        + "; delete or change them first",
                ErrorDetails.preconditions(
                        referrers.stream()
                                .map(key ->
                                        new PreconditionViolation(
                                                "REFERENCE",
                                                key.name(),
                                                "refers to " + target.name()))
                                .toList()));
    }
}
