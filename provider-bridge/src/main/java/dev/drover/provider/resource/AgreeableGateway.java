package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What answers while the build rehearses, where no gateway can be: whatever is to be created exists
 * from then on.
 */
final class AgreeableGateway extends HandlerRegistry implements AutoCloseable {
    private final Noun noun;
    private final Map<String, Message> byName = new ConcurrentHashMap<>();
    private final Server server;

    private AgreeableGateway(Noun noun) {
        this.noun = noun;
        this.server =
                OkHttpServerBuilder.forPort(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                InsecureServerCredentials.create())
                        .fallbackHandlerRegistry(this)
                        .build();
    }

    /** Listens on a free port, for one noun. */
    static AgreeableGateway start(Noun noun) throws IOException {
        AgreeableGateway gateway = new AgreeableGateway(noun);
        gateway.server.start();
        return gateway;
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
            String fullName, @Nullable String authority) {
        for (String verb : new String[] {"Create", "Get"}) {
            var method = noun.method(verb);
            if (fullName.endsWith("/" + method.getName())) {
                return definition(fullName, method);
            }
        }
        return null;
    }

    private ServerMethodDefinition<Message, Message> definition(
            String fullName, com.google.protobuf.Descriptors.MethodDescriptor method) {
        MethodDescriptor<Message, Message> descriptor =
                MethodDescriptor.<Message, Message>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(fullName)
                        .setRequestMarshaller(marshaller(method.getInputType()))
                        .setResponseMarshaller(marshaller(method.getOutputType()))
                        .build();
        return ServerMethodDefinition.create(
                descriptor,
                ServerCalls.asyncUnaryCall((Message request, StreamObserver<Message> reply) -> {
                    reply.onNext(answer(request));
                    reply.onCompleted();
                }));
    }

    private static MethodDescriptor.Marshaller<Message> marshaller(Descriptor type) {
        return ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(type));
    }

    /** Get requests have a name; Create requests have an id beside the noun. */
    private Message answer(Message request) {
        FieldDescriptor name = request.getDescriptorForType().findFieldByName("name");
        if (name != null) {
            return byName.getOrDefault(
                    (String) request.getField(name),
                    DynamicMessage.getDefaultInstance(noun.message()));
        }
        String id = (String) field(request, noun.field() + "_id");
        String fullName = noun.name("", id);
        Message created =
                ((Message) field(request, noun.field()))
                        .toBuilder()
                                .setField(noun.message().findFieldByName("name"), fullName)
                                .setField(noun.message().findFieldByName("etag"), "1")
                                .build();
        byName.put(fullName, created);
        return created;
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
