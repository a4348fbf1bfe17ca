package dev.drover.provider.plugin;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The services that go-plugin expects beside the plugin's own: shutdown, the stream of standard
 * output (nothing is ever sent on it, but its end tells that the client is gone), and health. Their
 * messages are so small that they stay bytes.
 */
final class ControlServices {
    private static final byte[] EMPTY = new byte[0];

    /** HealthCheckResponse: field 1, SERVING. */
    private static final byte[] SERVING = {0x08, 1};

    private final Queue<StreamObserver<byte[]>> streams = new ConcurrentLinkedQueue<>();
    private final Ending ending;

    ControlServices(Ending ending) {
        this.ending = ending;
    }

    List<ServerServiceDefinition> definitions() {
        return List.of(
                ServerServiceDefinition.builder("plugin.GRPCController")
                        .addMethod(
                                RawMethods.unary("plugin.GRPCController", "Shutdown"),
                                ServerCalls.asyncUnaryCall(this::shutdown))
                        .build(),
                ServerServiceDefinition.builder("plugin.GRPCStdio")
                        .addMethod(
                                RawMethods.serverStreaming("plugin.GRPCStdio", "StreamStdio"),
                                ServerCalls.asyncServerStreamingCall(this::streamStdio))
                        .build(),
                ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(
                                RawMethods.unary("grpc.health.v1.Health", "Check"),
                                ServerCalls.asyncUnaryCall(ControlServices::check))
                        .build());
    }

    /**
     * The reply goes first: without it, the client waits two seconds before it kills the process.
     */
    private void shutdown(byte[] request, StreamObserver<byte[]> reply) {
        reply.onNext(EMPTY);
        reply.onCompleted();
        // An open stream would hold up the server's end.
        for (StreamObserver<byte[]> stream = streams.poll();
                stream != null;
                stream = streams.poll()) {
            stream.onCompleted();
        }
        ending.because(Ending.Reason.SHUTDOWN);
    }

    private void streamStdio(byte[] request, StreamObserver<byte[]> stream) {
        streams.add(stream);
        ((ServerCallStreamObserver<byte[]>) stream)
                .setOnCancelHandler(() -> ending.because(Ending.Reason.ORPHANED));
        ending.connected();
    }

    private static void check(byte[] request, StreamObserver<byte[]> reply) {
        // HealthCheckRequest: field 1, the name of the service; empty means the process.
        String service =
                request.length < 2
                        ? ""
                        : new String(request, 2, request.length - 2, StandardCharsets.UTF_8);
        if (service.isEmpty() || service.equals("plugin")) {
            reply.onNext(SERVING);
            reply.onCompleted();
        } else {
            reply.onError(
                    Status.NOT_FOUND
                            .withDescription("no service \"" + service + "\"")
                            .asRuntimeException());
        }
    }
}
