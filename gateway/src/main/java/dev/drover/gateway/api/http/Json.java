package dev.drover.gateway.api.http;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.Status;
import dev.drover.gateway.api.dispatch.ServedMethods;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Writes messages as JSON. Fields with their default value are written too: `false` is an answer.
 */
public final class Json {
    private final JsonFormat.Printer pretty;
    private final JsonFormat.Printer line;

    /** Knows the types of these methods and the error details, which travel inside of Any. */
    public Json(ServedMethods methods) {
        Set<FileDescriptor> files = new LinkedHashSet<>();
        files.add(ErrorDetailsProto.getDescriptor());
        methods.services().forEach(service -> files.add(service.getFile()));
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        files.forEach(file -> types.add(file.getMessageTypes()));
        pretty =
                JsonFormat.printer()
                        .usingTypeRegistry(types.build())
                        .alwaysPrintFieldsWithNoPresence();
        line = pretty.omittingInsignificantWhitespace();
    }

    /** For people: on several lines. */
    public String pretty(Message message) {
        return print(pretty, message) + "\n";
    }

    /** For streams: on one line, without its end. */
    public String line(Message message) {
        return print(line, message);
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            if (message instanceof Status status && status.getDetailsCount() > 0) {
                return print(printer, status.toBuilder().clearDetails().build());
            }
            throw new IllegalStateException(
                    "cannot write " + message.getDescriptorForType().getFullName(), e);
        }
    }
}
