package dev.drover.provider.resource;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Change;
import dev.drover.provider.framework.Value;
import java.util.UUID;

/** The requests of the standard methods of a noun. */
record NounRequests(Noun noun) {
    /** Whether the gateway only says what it would do, or does it. */
    enum Mode {
        VALIDATE,
        CARRY_OUT
    }

    Message create(Change change, Mode mode) {
        DynamicMessage.Builder create = request("Create");
        if (noun.inProject()) {
            put(create, "parent", noun.parent(text(change.planned(), "project")));
        }
        put(create, noun.field() + "_id", text(change.planned(), "name"));
        put(create, noun.field(), declared(change));
        return finished(create, mode);
    }

    /** Everything that is declared; the etag guards what was not. */
    Message update(Change change, Mode mode) {
        Value.Entries prior = (Value.Entries) change.prior();
        Message.Builder declared = declared(change).toBuilder();
        put(declared, "name", text(prior, "id"));
        put(declared, "etag", text(prior, "etag"));
        DynamicMessage.Builder update = request("Update");
        put(update, noun.field(), declared.build());
        put(update, "update_mask", mask(change, prior));
        return finished(update, mode);
    }

    Message get(String name) {
        DynamicMessage.Builder get = request("Get");
        put(get, "name", name);
        return get.build();
    }

    Message delete(String name, Mode mode) {
        DynamicMessage.Builder delete = request("Delete");
        put(delete, "name", name);
        put(delete, "allow_missing", true);
        return finished(delete, mode);
    }

    private FieldMask mask(Change change, Value.Entries prior) {
        FieldMask.Builder mask = FieldMask.newBuilder();
        for (FieldDescriptor field : noun.fields()) {
            boolean output =
                    Noun.is(field, FieldBehavior.OUTPUT_ONLY) || field.getName().equals("etag");
            boolean meant =
                    !NounAttributes.isWriteOnly(field) || versionChanged(field, change, prior);
            if (!output && meant && !Noun.is(field, FieldBehavior.IMMUTABLE)) {
                mask.addPaths(field.getName());
            }
        }
        return mask.build();
    }

    private static boolean versionChanged(
            FieldDescriptor field, Change change, Value.Entries prior) {
        String version = NounAttributes.versionName(field);
        return !change.planned().get(version).equals(prior.get(version));
    }

    // A plan may still hold unknown outputs; inputs are known by now.
    private Message declared(Change change) {
        return new Declaration(noun, change.planned(), change.config()).message();
    }

    // With its id the request can be sent again: the gateway gives its first answer again.
    private static Message finished(DynamicMessage.Builder request, Mode mode) {
        put(request, "validate_only", mode == Mode.VALIDATE);
        if (mode == Mode.CARRY_OUT) {
            put(request, "request_id", UUID.randomUUID().toString());
        }
        return request.build();
    }

    private DynamicMessage.Builder request(String verb) {
        return DynamicMessage.newBuilder(noun.method(verb).getInputType());
    }

    private static void put(Message.Builder message, String field, Object value) {
        message.setField(message.getDescriptorForType().findFieldByName(field), value);
    }

    /** A text attribute; empty where there is no known one. */
    static String text(Value.Entries values, String attribute) {
        return values.get(attribute) instanceof Value.Text(String text) ? text : "";
    }
}
