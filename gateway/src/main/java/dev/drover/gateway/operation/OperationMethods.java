package dev.drover.gateway.operation;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsProto;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.Filter;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code google.longrunning.Operations}. */
public final class OperationMethods {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final int BATCH = 200;

    private final Operations operations;

    /** Methods on these operations. */
    public OperationMethods(Operations operations) {
        this.operations = operations;
    }

    /** Puts them into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                method("GetOperation"),
                (call, request) ->
                        operations.store().get(((GetOperationRequest) request).getName()));
        methods.add(
                method("ListOperations"), (call, request) -> list((ListOperationsRequest) request));
        methods.add(
                method("CancelOperation"),
                (call, request) -> cancel((CancelOperationRequest) request));
        methods.add(
                method("DeleteOperation"),
                (call, request) -> delete((DeleteOperationRequest) request));
        methods.add(
                method("WaitOperation"), (call, request) -> await((WaitOperationRequest) request));
    }

    private static MethodDescriptor method(String name) {
        return Objects.requireNonNull(
                OperationsProto.getDescriptor()
                        .findServiceByName("Operations")
                        .findMethodByName(name));
    }

    private Message list(ListOperationsRequest request) {
        if (!request.getName().isEmpty() && !request.getName().equals("operations")) {
            throw GatewayException.invalidField("name", "must be operations");
        }
        Filter filter = Filter.parse(request.getFilter(), Operation.getDescriptor());
        int size = Pages.size(request.getPageSize());
        String query = "operations\n" + request.getFilter();
        String after = Pages.place(query, request.getPageToken());
        List<Operation> found = new ArrayList<>();
        while (found.size() <= size) {
            List<Operation> batch = operations.store().list(after, BATCH);
            batch.stream().filter(filter).forEach(found::add);
            if (batch.size() < BATCH) {
                break;
            }
            after = batch.getLast().getName();
        }
        ListOperationsResponse.Builder page = ListOperationsResponse.newBuilder();
        page.addAllOperations(found.subList(0, Math.min(size, found.size())));
        if (found.size() > size) {
            String last = page.getOperations(size - 1).getName();
            page.setNextPageToken(PageToken.of(query, ByteString.copyFromUtf8(last)));
        }
        return page.build();
    }

    private Message cancel(CancelOperationRequest request) {
        operations.store().get(request.getName());
        operations.cancel(request.getName());
        return Empty.getDefaultInstance();
    }

    private Message delete(DeleteOperationRequest request) {
        Operation operation = operations.store().get(request.getName());
        if (!operation.getDone()) {
            throw new GatewayException(
                    Reason.TRANSITION_NOT_ALLOWED,
                    operation.getName() + " is still running; cancel it first",
                    ErrorDetails.NONE.with("state", "RUNNING"));
        }
        operations.store().delete(operation.getName());
        return Empty.getDefaultInstance();
    }

    // Ends early with the present state where the time is over, as the method promises.
    private Message await(WaitOperationRequest request) {
        operations.store().get(request.getName());
        try {
            operations.await(request.getName(), timeout(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(
                    Reason.CALL_CANCELLED, "the call ended", ErrorDetails.NONE, e);
        }
        return operations.store().get(request.getName());
    }

    private static Duration timeout(WaitOperationRequest request) {
        if (!request.hasTimeout()) {
            return WAIT_MAX;
        }
        Duration asked =
                Duration.ofSeconds(
                        request.getTimeout().getSeconds(), request.getTimeout().getNanos());
        return asked.compareTo(WAIT_MAX) < 0 ? asked : WAIT_MAX;
    }
}
