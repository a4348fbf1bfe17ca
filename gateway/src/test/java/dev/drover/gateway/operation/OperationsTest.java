package dev.drover.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.google.longrunning.CancelOperationRequest;
import com.google.longrunning.DeleteOperationRequest;
import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.ListOperationsRequest;
import com.google.longrunning.ListOperationsResponse;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsProto;
import com.google.longrunning.WaitOperationRequest;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import dev.drover.gateway.api.dispatch.GrpcErrors;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.store.SqliteStore;
import dev.drover.gateway.store.StoreSettings;
import dev.drover.v1.AuditEntry;
import dev.drover.v1.AuditProto;
import dev.drover.v1.GetAuditEntryRequest;
import dev.drover.v1.ListAuditEntriesRequest;
import dev.drover.v1.ListAuditEntriesResponse;
import dev.drover.v1.VerifyAuditLogMetadata;
import dev.drover.v1.VerifyAuditLogRequest;
import dev.drover.v1.VerifyAuditLogResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationsTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
    private static final Message METADATA =
            VerifyAuditLogMetadata.newBuilder().setTotalEntries(1).build();

    @TempDir Path directory;
    private SqliteStore store;
    private Operations operations;
    private Methods methods;

    @BeforeEach
    void open() {
        store = SqliteStore.open(StoreSettings.in(directory));
        operations = operations();
        methods = new Methods();
        new OperationMethods(operations).register(methods);
        new AuditMethods(store, operations).register(methods);
    }

    @AfterEach
    void close() {
        operations.close();
        store.close();
    }

    private Operations operations() {
        return new Operations(store, CLOCK, new Random(1), GrpcErrors::status);
    }

    private Message call(String service, String method, Message request) {
        var file =
                service.equals("AuditService")
                        ? AuditProto.getDescriptor()
                        : OperationsProto.getDescriptor();
        return methods.unary(file.findServiceByName(service).findMethodByName(method))
                .orElseThrow()
                .call(new Call(Principal.ROOT, service + "/" + method, "call-1"), request);
    }

    private Operation get(String name) {
        return (Operation)
                call(
                        "Operations",
                        "GetOperation",
                        GetOperationRequest.newBuilder().setName(name).build());
    }

    private Operation ended(String name) {
        return await().until(() -> get(name), Operation::getDone);
    }

    private static AuditEvent event(String resource) {
        return new AuditEvent("root", "test.run", resource, "Ran", Map.of("k", "v"), "call-1");
    }

    private static Message forEver(CountDownLatch began) throws InterruptedException {
        began.countDown();
        new CountDownLatch(1).await();
        return METADATA;
    }

    @Test
    void operationEndsWithTheResponseOfItsWork() throws Exception {
        Operation begun = operations.start(METADATA, event("x"), progress -> METADATA);

        Operation ended = ended(begun.getName());

        assertThat(begun.getDone()).isFalse();
        assertThat(ended.getResponse().unpack(VerifyAuditLogMetadata.class)).isEqualTo(METADATA);
    }

    @Test
    void failedWorkIsAnErrorWithItsReason() {
        Operation begun =
                operations.start(
                        METADATA,
                        event("x"),
                        progress -> {
                            throw new GatewayException(Reason.NOT_FOUND, "it is gone");
                        });

        assertThat(ended(begun.getName()).getError().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
    }

    @Test
    void cancelledOperationEndsAsCancelled() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Operation begun = operations.start(METADATA, event("x"), progress -> forEver(began));
        began.await();
        assertThat(get(begun.getName()).getDone()).isFalse();

        call(
                "Operations",
                "CancelOperation",
                CancelOperationRequest.newBuilder().setName(begun.getName()).build());

        assertThat(ended(begun.getName()).getError().getCode()).isEqualTo(Code.CANCELLED_VALUE);
    }

    @Test
    void operationCutOffByARestartSaysSo() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Operation begun = operations.start(METADATA, event("x"), progress -> forEver(began));
        began.await();

        operations.close();
        assertThat(get(begun.getName()).getDone()).isFalse();
        operations().recover();

        Operation ended = get(begun.getName());
        assertThat(ended.getError().getCode()).isEqualTo(Code.UNAVAILABLE_VALUE);
        assertThat(ended.getError().getMessage()).contains("stopped while this ran");
    }

    @Test
    void waitingEndsWithTheOperationOrWithTheTime() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Operation begun = operations.start(METADATA, event("x"), progress -> forEver(began));
        WaitOperationRequest wait =
                WaitOperationRequest.newBuilder()
                        .setName(begun.getName())
                        .setTimeout(Duration.newBuilder().setNanos(1_000_000))
                        .build();

        assertThat(((Operation) call("Operations", "WaitOperation", wait)).getDone()).isFalse();
        operations.cancel(begun.getName());
        wait = wait.toBuilder().clearTimeout().build();
        assertThat(((Operation) call("Operations", "WaitOperation", wait)).getDone()).isTrue();
    }

    @Test
    void operationsAreListedPageByPage() {
        for (int i = 0; i < 3; i++) {
            ended(operations.start(METADATA, event("x"), progress -> METADATA).getName());
        }
        ListOperationsRequest request =
                ListOperationsRequest.newBuilder().setPageSize(2).setFilter("done = true").build();

        var first = (ListOperationsResponse) call("Operations", "ListOperations", request);
        var second =
                (ListOperationsResponse)
                        call(
                                "Operations",
                                "ListOperations",
                                request.toBuilder().setPageToken(first.getNextPageToken()).build());

        assertThat(first.getOperationsCount()).isEqualTo(2);
        assertThat(second.getOperationsCount()).isEqualTo(1);
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void runningOperationCannotBeDeleted() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        Operation begun = operations.start(METADATA, event("x"), progress -> forEver(began));
        DeleteOperationRequest delete =
                DeleteOperationRequest.newBuilder().setName(begun.getName()).build();

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> call("Operations", "DeleteOperation", delete))
                .matches(refusal -> refusal.reason() == Reason.TRANSITION_NOT_ALLOWED);
        operations.cancel(begun.getName());
        ended(begun.getName());
        call("Operations", "DeleteOperation", delete);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> get(begun.getName()));
    }

    private void note(String... resources) {
        for (String resource : resources) {
            store.commit(
                    new dev.drover.gateway.record.Commit(
                            List.of(), List.of(event(resource)), Optional.empty(), List.of()),
                    CLOCK.instant());
        }
    }

    private List<String> resources(String filter, String order, int size) {
        ListAuditEntriesRequest request =
                ListAuditEntriesRequest.newBuilder()
                        .setFilter(filter)
                        .setOrderBy(order)
                        .setPageSize(size)
                        .build();
        var pages = new java.util.ArrayList<String>();
        ListAuditEntriesResponse page;
        do {
            page = (ListAuditEntriesResponse) call("AuditService", "ListAuditEntries", request);
            assertThat(page.getAuditEntriesCount()).isLessThanOrEqualTo(size);
            page.getAuditEntriesList().forEach(entry -> pages.add(entry.getResource()));
            request = request.toBuilder().setPageToken(page.getNextPageToken()).build();
        } while (!page.getNextPageToken().isEmpty());
        return pages;
    }

    @Test
    void auditEntriesAreFilteredAndOrdered() {
        note("projects/a/promotions/1", "projects/b/promotions/2", "projects/a/promotions/3");

        assertThat(resources("", "", 2))
                .containsExactly(
                        "projects/a/promotions/1",
                        "projects/b/promotions/2",
                        "projects/a/promotions/3");
        assertThat(resources("resource = \"projects/a/*\"", "seq desc", 1))
                .containsExactly("projects/a/promotions/3", "projects/a/promotions/1");
        assertThat(resources("actor = \"root\" AND action = \"test.run\"", "", 10)).hasSize(3);
        assertThat(resources("create_time > \"2026-11-21T12:00:01Z\"", "", 10)).isEmpty();
    }

    @Test
    void auditEntryIsReadByItsNumber() {
        note("projects/a", "projects/b");

        AuditEntry entry =
                (AuditEntry)
                        call(
                                "AuditService",
                                "GetAuditEntry",
                                GetAuditEntryRequest.newBuilder()
                                        .setName("auditEntries/1")
                                        .build());

        assertThat(entry.getResource()).isEqualTo("projects/b");
        assertThat(entry.getDetails().getFieldsOrThrow("k").getStringValue()).isEqualTo("v");
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() ->
                        call(
                                "AuditService",
                                "GetAuditEntry",
                                GetAuditEntryRequest.newBuilder()
                                        .setName("auditEntries/2")
                                        .build()))
                .matches(refusal -> refusal.reason() == Reason.NOT_FOUND);
    }

    @Test
    void verificationOfAnUntouchedLogFindsItIntact() throws Exception {
        note("projects/a", "projects/b");

        Operation begun =
                (Operation)
                        call(
                                "AuditService",
                                "VerifyAuditLog",
                                VerifyAuditLogRequest.getDefaultInstance());
        VerifyAuditLogResponse found =
                ended(begun.getName()).getResponse().unpack(VerifyAuditLogResponse.class);

        assertThat(found.getIntact()).isTrue();
        assertThat(found.getTreeSize()).isEqualTo(3);
        assertThat(found.getFirstBadSeq()).isEqualTo(-1);
    }
}
