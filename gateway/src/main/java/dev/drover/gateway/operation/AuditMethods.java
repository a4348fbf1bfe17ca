package dev.drover.gateway.operation;

import com.google.longrunning.Operation;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditLog;
import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.baseline.query.Filter;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AuditEntry;
import dev.drover.v1.AuditProto;
import dev.drover.v1.GetAuditEntryRequest;
import dev.drover.v1.ListAuditEntriesRequest;
import dev.drover.v1.ListAuditEntriesResponse;
import dev.drover.v1.VerifyAuditLogMetadata;
import dev.drover.v1.VerifyAuditLogResponse;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code drover.v1.AuditService}: reads the log, and has it checked. */
public final class AuditMethods {
    private static final Pattern NAME = Pattern.compile("auditEntries/(0|[1-9]\\d{0,17})");

    private final AuditLog log;
    private final Operations operations;
    private String verification = "";

    /** Methods on this log; checks run as operations. */
    public AuditMethods(AuditLog log, Operations operations) {
        this.log = log;
        this.operations = operations;
    }

    /** Puts them into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                method("GetAuditEntry"), (call, request) -> get((GetAuditEntryRequest) request));
        methods.add(
                method("ListAuditEntries"),
                (call, request) -> list((ListAuditEntriesRequest) request));
        methods.add(method("VerifyAuditLog"), (call, request) -> verify(call));
    }

    private static MethodDescriptor method(String name) {
        return Objects.requireNonNull(
                AuditProto.getDescriptor()
                        .findServiceByName("AuditService")
                        .findMethodByName(name));
    }

    private Message get(GetAuditEntryRequest request) {
        Matcher name = NAME.matcher(request.getName());
        if (!name.matches()) {
            throw GatewayException.invalidField("name", "must be like auditEntries/42");
        }
        long seq = Long.parseLong(name.group(1));
        return log.entries(seq, 1).stream()
                .filter(entry -> entry.seq() == seq)
                .findFirst()
                .map(AuditEntries::message)
                .orElseThrow(() ->
                        GatewayException.notFound("drover.dev/AuditEntry", request.getName()));
    }

    private Message list(ListAuditEntriesRequest request) {
        Filter filter = Filter.parse(request.getFilter(), AuditEntry.getDescriptor());
        AuditScan scan =
                switch (request.getOrderBy().strip()) {
                    case "", "seq", "seq asc" -> AuditScan.ascending(log);
                    case "seq desc" -> AuditScan.descending(log);
                    default ->
                            throw new GatewayException(
                                    Reason.INVALID_QUERY,
                                    "order_by is "
                                            + request.getOrderBy()
                                            + "; possible are seq and seq desc",
                                    ErrorDetails.field("order_by", "must be seq or seq desc"));
                };
        String query = String.join("\n", "audit", request.getFilter(), request.getOrderBy());
        String place = Pages.place(query, request.getPageToken());
        AuditScan.Page page = scan.page(place, filter, Pages.size(request.getPageSize()));
        return ListAuditEntriesResponse.newBuilder()
                .addAllAuditEntries(page.entries())
                .setNextPageToken(
                        page.next()
                                .map(next -> PageToken.of(query, ByteString.copyFromUtf8(next)))
                                .orElse(""))
                .build();
    }

    // One at a time: it reads everything, and whoever comes second gets the same answer.
    private synchronized Message verify(Call call) {
        if (operations.isRunning(verification)) {
            return operations.store().get(verification);
        }
        Operation begun = begin(call);
        verification = begun.getName();
        return begun;
    }

    private Operation begin(Call call) {
        long total = log.size();
        AuditEvent event =
                new AuditEvent(
                        call.caller().account(),
                        "auditLog.verify",
                        "auditEntries",
                        "Verification of the audit log started",
                        Map.of(),
                        call.id());
        return operations.start(
                metadata(0, total),
                event,
                progress -> {
                    AuditVerification found =
                            AuditVerification.of(
                                    log,
                                    checked ->
                                            progress.report(
                                                    metadata(checked, Math.max(total, checked))));
                    return response(found);
                });
    }

    private static Message metadata(long checked, long total) {
        return VerifyAuditLogMetadata.newBuilder()
                .setCheckedEntries(checked)
                .setTotalEntries(total)
                .build();
    }

    private static Message response(AuditVerification found) {
        return VerifyAuditLogResponse.newBuilder()
                .setTreeSize(found.size())
                .setRootHash(found.root())
                .setIntact(found.intact())
                .setFirstBadSeq(found.firstBadSeq().orElse(-1))
                .build();
    }
}
