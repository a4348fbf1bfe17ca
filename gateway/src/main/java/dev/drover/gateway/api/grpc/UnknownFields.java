package dev.drover.gateway.api.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Refuses what a newer caller says and this gateway does not understand: a rule that is dropped
 * without a word would be a gate that stands open. JSON with unknown names is refused as well.
 */
final class UnknownFields {
    private UnknownFields() {}

    static void refuse(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new GatewayException(
                    Reason.UNKNOWN_FIELD,
                    "%s has no field number %d here: the caller is newer than this gateway; upgrade the gateway, or use a client of its version"
                            .formatted(
                                    message.getDescriptorForType().getFullName(),
                                    Collections.min(message.getUnknownFields().asMap().keySet())),
                    ErrorDetails.NONE);
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == JavaType.MESSAGE) {
                List<?> inner =
                        field.getKey().isRepeated()
                                ? (List<?>) field.getValue()
                                : List.of(field.getValue());
                inner.forEach(each -> refuse((Message) each));
            }
        }
    }
}
