package dev.drover.gateway.operation;

import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operations as records; only the thread that does the work writes one. */
final class OperationStore {
    static final String PREFIX = "operations/";
    private static final String KIND = Operation.getDescriptor().getName();
    private static final int BATCH = 200;

    private final Records records;
    private final InstantSource clock;

    OperationStore(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    Operation get(String name) {
        if (!name.startsWith(PREFIX)) {
            throw GatewayException.invalidField("name", "must be like operations/ID");
        }
        return records.get(KIND, name)
                .map(OperationStore::read)
                .orElseThrow(() -> GatewayException.notFound("longrunning/Operation", name));
    }

    /** Operations by name, which is by age. */
    List<Operation> list(String after, int limit) {
        return records.list(KIND, PREFIX, after, limit).stream().map(OperationStore::read).toList();
    }

    /** All that have not ended. */
    List<Operation> unfinished() {
        List<Operation> found = new ArrayList<>();
        String after = "";
        while (true) {
            List<Operation> batch = list(after, BATCH);
            batch.stream().filter(operation -> !operation.getDone()).forEach(found::add);
            if (batch.size() < BATCH) {
                return found;
            }
            after = batch.getLast().getName();
        }
    }

    void put(Operation operation, Optional<AuditEvent> event) {
        Write put =
                new Write.Put(
                        KIND, operation.getName(), Write.ANY, operation.toByteString(), List.of());
        records.commit(commit(put, event), clock.instant());
    }

    void delete(String name) {
        records.commit(
                commit(new Write.Delete(KIND, name, Write.ANY), Optional.empty()), clock.instant());
    }

    private static Commit commit(Write write, Optional<AuditEvent> event) {
        return new Commit(List.of(write), event.stream().toList(), Optional.empty(), List.of());
    }

    private static Operation read(StoredRecord record) {
        try {
            return Operation.parseFrom(record.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(record.name() + " cannot be read", e);
        }
    }
}
