package dev.drover.gateway.baseline;

import com.google.api.ResourceDescriptor;
import com.google.api.ResourceProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.StoredRecord;
import java.util.EnumSet;
import java.util.Set;

/**
 * A noun: everything about it is read from its proto; what is special are its hooks.
 *
 * @param prototype default instance of the message
 * @param resource its {@code google.api.resource}
 * @param pattern what its names look like
 * @param verbs the standard methods that the generic service serves
 * @param hooks what is special about it
 */
public record Kind<M extends Message>(
        M prototype,
        ResourceDescriptor resource,
        ResourcePattern pattern,
        Set<Verb> verbs,
        Hooks<M> hooks) {

    /** The kind of a message with {@code google.api.resource}, with all methods that it has. */
    public static <M extends Message> Kind<M> of(M prototype, Hooks<M> hooks) {
        Descriptor type = prototype.getDescriptorForType();
        ResourceDescriptor resource = type.getOptions().getExtension(ResourceProto.resource);
        if (resource.getPatternCount() == 0) {
            throw new IllegalArgumentException(type.getFullName() + " has no google.api.resource");
        }
        return new Kind<>(
                prototype,
                resource,
                ResourcePattern.of(resource.getPattern(0)),
                Set.copyOf(KindMethods.of(type).byVerb().keySet()),
                hooks);
    }

    /** The same, with reads and watches served and everything else left to its feature. */
    public Kind<M> onlyReads() {
        Set<Verb> reads = EnumSet.of(Verb.GET, Verb.LIST, Verb.WATCH);
        reads.retainAll(verbs);
        return new Kind<>(prototype, resource, pattern, reads, hooks);
    }

    /** The kind of its records, for example {@code Environment}. */
    public String recordKind() {
        return type().getName();
    }

    /** The key of its record with this name. */
    public RecordKey key(String name) {
        return new RecordKey(recordKind(), name);
    }

    /** What a record says, with the etag; what is only looked at is not filled in. */
    public M read(StoredRecord record) {
        Message.Builder message = parse(record.body()).toBuilder();
        Fields.set(message, "etag", Etags.of(record));
        return cast(message.build());
    }

    /** The message as it is stored: without the etag, which is a property of the record. */
    public ByteString body(M message) {
        Message.Builder stored = message.toBuilder();
        Fields.clear(stored, "etag");
        return stored.build().toByteString();
    }

    /** Nothing of this kind has this name. */
    public GatewayException notFound(String name) {
        return GatewayException.notFound(resource.getType(), name);
    }

    Descriptor type() {
        return prototype.getDescriptorForType();
    }

    /** What ids of this kind look like: declared at the id field of its Create request. */
    IdRule ids() {
        Descriptor request = methods().get(Verb.CREATE).getInputType();
        return IdRule.of(request.findFieldByName(fieldName(request) + "_id"));
    }

    KindMethods methods() {
        return KindMethods.of(type());
    }

    /** The name of a noun in requests, for example {@code service_account}. */
    String fieldName(Descriptor request) {
        return field(request).getName();
    }

    FieldDescriptor field(Descriptor message) {
        return KindMethods.fieldOf(message, type())
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                message.getFullName() + " has no " + recordKind()));
    }

    M cast(Message message) {
        return prototype.getClass().isInstance(message)
                ? generated(message)
                : parse(message.toByteString());
    }

    @SuppressWarnings("unchecked")
    private M generated(Message message) {
        return (M) message;
    }

    private M parse(ByteString bytes) {
        try {
            return generated(prototype.newBuilderForType().mergeFrom(bytes).build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a " + recordKind() + " cannot be read", e);
        }
    }
}
