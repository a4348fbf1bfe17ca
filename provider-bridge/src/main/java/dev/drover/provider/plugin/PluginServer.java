package dev.drover.provider.plugin;

import dev.drover.provider.protocol.Method;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The gRPC server of a plugin; each call runs on a virtual thread of its own. */
final class PluginServer {
    private static final int MESSAGE_BYTES_MAX = 256 << 20;
    private static final long GRACE_MILLIS = 150;
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final Server server;

    PluginServer(
            EarlySocket socket,
            ServerCredentials credentials,
            List<ServerServiceDefinition> services) {
        server =
                builder(socket, credentials)
                        .socketFactory(socket.asFactory())
                        .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .addServices(services)
                        .build();
    }

    /**
     * gRPC asks for the runtime's default TLS context, to learn who provides TLS, and does not use
     * it. The runtime would read all authorities that it knows for it, at every start.
     */
    private static OkHttpServerBuilder builder(EarlySocket socket, ServerCredentials credentials) {
        String configured = System.getProperty(TRUST_STORE);
        System.setProperty(TRUST_STORE, "NONE");
        try {
            return OkHttpServerBuilder.forPort(socket.getLocalSocketAddress(), credentials);
        } finally {
            if (configured == null) {
                System.clearProperty(TRUST_STORE);
            } else {
                System.setProperty(TRUST_STORE, configured);
            }
        }
    }

    /** Only the client whose certificate this is may connect. */
    static ServerCredentials mutualTls(Certificate own, byte[] client) throws CertificateException {
        return TlsServerCredentials.newBuilder()
                .keyManager(new OwnKey(own))
                .trustManager(new PeerTrust(client))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /** The plugin's own service. */
    static ServerServiceDefinition service(String name, List<Method> methods, Activity activity) {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(name);
        for (Method method : methods) {
            if (method.isStreaming()) {
                service.addMethod(
                        RawMethods.serverStreaming(name, method.name()),
                        ServerCalls.asyncServerStreamingCall(
                                (byte[] request, StreamObserver<byte[]> reply) ->
                                        answer(method, request, reply, activity)));
            } else {
                service.addMethod(
                        RawMethods.unary(name, method.name()),
                        ServerCalls.asyncUnaryCall((byte[] request, StreamObserver<byte[]> reply) ->
                                answer(method, request, reply, activity)));
            }
        }
        return service.build();
    }

    private static void answer(
            Method method, byte[] request, StreamObserver<byte[]> reply, Activity activity) {
        activity.begin();
        try {
            method.stream(request, reply::onNext);
            reply.onCompleted();
        } catch (IllegalArgumentException e) {
            // Only a broken client gets here: everything else is a diagnostic.
            reply.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        } finally {
            activity.end();
        }
    }

    void start() throws IOException {
        server.start();
    }

    /** Lets replies go out, then closes whatever is open. */
    void stop() throws InterruptedException {
        server.shutdown();
        if (!server.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
            server.shutdownNow();
        }
    }
}
