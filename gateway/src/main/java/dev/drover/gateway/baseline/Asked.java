package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.call.Call;
import java.util.List;
import java.util.Map;

/** A request for a change of one noun, with the fields that all such requests have. */
record Asked<M extends Message>(Kind<M> kind, Call call, Message request) {
    /** The noun in the request. */
    M input() {
        return kind.cast((Message) request.getField(kind.field(type())));
    }

    /** The name of the field that the noun is in, for paths in errors. */
    String field() {
        return kind.fieldName(type());
    }

    Descriptor type() {
        return request.getDescriptorForType();
    }

    String text(String field) {
        return Fields.text(request, field);
    }

    boolean flag(String field) {
        return Fields.flag(request, field);
    }

    FieldMask mask() {
        Message mask = (Message) request.getField(type().findFieldByName("update_mask"));
        var paths = mask.getDescriptorForType().findFieldByName("paths");
        return FieldMask.newBuilder()
                .addAllPaths(
                        ((List<?>) mask.getField(paths)).stream().map(String::valueOf).toList())
                .build();
    }

    AuditEvent event(String verb, String name, String summary, Map<String, String> details) {
        return new AuditEvent(
                call.caller().account(),
                kind.resource().getSingular() + "." + verb,
                name,
                summary,
                details,
                call.id());
    }
}
