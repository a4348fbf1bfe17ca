package dev.drover.cli;

import com.google.longrunning.Operation;
import com.google.longrunning.OperationsProto;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

/** Work that the gateway does for longer than a call takes. */
final class LongRunning {
    private static final Duration WAIT = Duration.newBuilder().setSeconds(20).build();

    private LongRunning() {}

    /** Waits for the end, and for what came of it; a failure is an error. */
    static <M extends Message> M result(Connection gateway, Operation begun, Class<M> type)
            throws InvalidProtocolBufferException {
        Operation operation = begun;
        while (!operation.getDone()) {
            operation = await(gateway, operation.getName());
        }
        if (operation.hasError()) {
            throw new CliException(operation.getError().getMessage());
        }
        return operation.getResponse().unpack(type);
    }

    private static Operation await(Connection gateway, String name)
            throws InvalidProtocolBufferException {
        var method =
                OperationsProto.getDescriptor()
                        .findServiceByName("Operations")
                        .findMethodByName("WaitOperation");
        var request = WaitOperationRequest.newBuilder().setName(name).setTimeout(WAIT).build();
        return Operation.parseFrom(NounCalls.call(gateway, method, request).toByteString());
    }
}
