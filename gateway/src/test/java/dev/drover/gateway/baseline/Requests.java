package dev.drover.gateway.baseline;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.List;

/** Requests of the standard methods of any kind, built by field names. */
final class Requests {
    private Requests() {}

    static Message.Builder create(Kind<?> kind, String name, Message noun) {
        Message.Builder request = of(kind, Verb.CREATE);
        String field = kind.fieldName(request.getDescriptorForType());
        Fields.set(request, "parent", kind.pattern().isTop() ? "" : ResourcePattern.parentOf(name));
        Fields.set(request, field + "_id", ResourcePattern.idOf(name));
        Fields.set(request, field, noun);
        return request;
    }

    static Message.Builder update(Kind<?> kind, Message noun, String... paths) {
        Message.Builder request = of(kind, Verb.UPDATE);
        Fields.set(request, kind.fieldName(request.getDescriptorForType()), noun);
        FieldMask mask = FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
        Fields.set(request, "update_mask", mask);
        return request;
    }

    static Message.Builder get(Kind<?> kind, String name) {
        Message.Builder request = of(kind, Verb.GET);
        Fields.set(request, "name", name);
        return request;
    }

    static Message.Builder delete(Kind<?> kind, String name) {
        Message.Builder request = of(kind, Verb.DELETE);
        Fields.set(request, "name", name);
        return request;
    }

    static Message.Builder list(Kind<?> kind, String parent) {
        Message.Builder request = of(kind, Verb.LIST);
        Fields.set(request, "parent", parent);
        return request;
    }

    static Message.Builder watch(Kind<?> kind, String parent) {
        Message.Builder request = of(kind, Verb.WATCH);
        Fields.set(request, "parent", parent);
        return request;
    }

    /** The same request with another field set. */
    static Message with(Message.Builder request, String field, Object value) {
        Fields.set(request, field, value);
        return request.build();
    }

    /** The same noun with another field set. */
    static Message with(Message noun, String field, Object value) {
        return with(noun.toBuilder(), field, value);
    }

    private static Message.Builder of(Kind<?> kind, Verb verb) {
        return Prototypes.of(kind.methods().get(verb).getInputType()).newBuilderForType();
    }
}
