package dev.drover.cli;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;

/** Calls a method by its descriptor, so that a new noun needs no code here. */
final class NounCalls {
    private NounCalls() {}

    /** An empty request of a method. */
    static DynamicMessage.Builder request(MethodDescriptor method) {
        return DynamicMessage.newBuilder(method.getInputType());
    }

    /** Sets a field of a request by its name. */
    static void set(Message.Builder request, String field, Object value) {
        request.setField(request.getDescriptorForType().findFieldByName(field), value);
    }

    /** A field of a message as text, by its name; empty where there is no such field. */
    static String text(Message message, String field) {
        FieldDescriptor descriptor = message.getDescriptorForType().findFieldByName(field);
        return descriptor == null ? "" : message.getField(descriptor).toString();
    }

    /** Reads a resource; an empty message where there is none. */
    static Message find(Connection gateway, Noun kind, String name) {
        MethodDescriptor method = kind.required("Get");
        var request = request(method);
        set(request, "name", name);
        try {
            return call(gateway, method, request.build());
        } catch (StatusRuntimeException missing) {
            if (missing.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return DynamicMessage.getDefaultInstance(method.getOutputType());
            }
            throw missing;
        }
    }

    /** Calls and waits for the answer. */
    static DynamicMessage call(Connection gateway, MethodDescriptor method, Message request) {
        Stub stub = gateway.calling(Stub::new);
        return ClientCalls.blockingUnaryCall(
                stub.getChannel(),
                grpc(method, io.grpc.MethodDescriptor.MethodType.UNARY),
                stub.getCallOptions(),
                request(request));
    }

    /** Calls and hands out answers as they come. */
    static Iterator<DynamicMessage> stream(
            Connection gateway, MethodDescriptor method, Message request) {
        Stub stub = gateway.streaming(Stub::new);
        return ClientCalls.blockingServerStreamingCall(
                stub.getChannel(),
                grpc(method, io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING),
                stub.getCallOptions(),
                request(request));
    }

    private static DynamicMessage request(Message message) {
        return message instanceof DynamicMessage dynamic
                ? dynamic
                : DynamicMessage.newBuilder(message.getDescriptorForType())
                        .mergeFrom(message)
                        .build();
    }

    private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> grpc(
            MethodDescriptor method, io.grpc.MethodDescriptor.MethodType type) {
        return io.grpc.MethodDescriptor.newBuilder(
                        marshaller(method.getInputType()), marshaller(method.getOutputType()))
                .setType(type)
                .setFullMethodName(
                        io.grpc.MethodDescriptor.generateFullMethodName(
                                method.getService().getFullName(), method.getName()))
                .build();
    }

    private static io.grpc.MethodDescriptor.Marshaller<DynamicMessage> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    /** Carries credentials and deadline; has no methods of its own. */
    private static final class Stub extends AbstractStub<Stub> {
        Stub(Channel channel) {
            this(channel, CallOptions.DEFAULT);
        }

        private Stub(Channel channel, CallOptions options) {
            super(channel, options);
        }

        @Override
        protected Stub build(Channel channel, CallOptions options) {
            return new Stub(channel, options);
        }
    }
}
