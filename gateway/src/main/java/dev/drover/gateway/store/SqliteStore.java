package dev.drover.gateway.store;

import dev.drover.gateway.audit.AuditLog;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.audit.MerkleTree;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomWish;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.WorkList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The embedded store: all storage ports on one SQLite file that one process uses. */
public final class SqliteStore implements Records, WorkList, AuditLog, AutoCloseable {
    private final OpenStore open;

    private SqliteStore(OpenStore open) {
        this.open = open;
    }

    /**
     * Opens the store of a directory, makes it where there is none, and brings it up to date.
     *
     * @throws dev.drover.gateway.error.GatewayException STORE_UNAVAILABLE where another process
     *     uses it, or it cannot be written, is damaged, or was written by a newer gateway
     */
    public static SqliteStore open(StoreSettings settings) {
        return new SqliteStore(OpenStore.open(settings, ChangeRetention.DEFAULT, SqliteFile::new));
    }

    /** A store of a test, which may keep fewer changes or fail on purpose. */
    static SqliteStore on(OpenStore open) {
        return new SqliteStore(open);
    }

    @Override
    public Optional<StoredRecord> get(String kind, String name) {
        return open.recent()
                .get(
                        new RecordKey(kind, name),
                        () -> open.read(sql -> new RecordTable(sql).get(kind, name)));
    }

    @Override
    public List<StoredRecord> list(String kind, String prefix, String after, int limit) {
        return open.recent()
                .list(
                        kind,
                        prefix,
                        after,
                        limit,
                        () ->
                                open.read(sql ->
                                        new RecordTable(sql).list(kind, prefix, after, limit)));
    }

    @Override
    public List<RecordKey> referrers(RecordKey target) {
        return open.read(sql -> new ReferenceTable(sql).referrers(target));
    }

    @Override
    public long commit(Commit commit, Instant time) {
        Set<RecordKey> changed =
                commit.writes().stream()
                        .map(write -> new RecordKey(write.kind(), write.name()))
                        .collect(Collectors.toSet());
        long position = open.write(changed, sql -> new CommitStatements(sql).run(commit, time));
        open.keepUp(commit, time);
        return position;
    }

    @Override
    public Optional<Receipt> receipt(String caller, String requestId, Instant now) {
        return open.read(sql -> new ReceiptTable(sql).get(caller, requestId, now));
    }

    @Override
    public long position() {
        return open.read(sql -> new ChangeTable(sql).newest());
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return open.read(sql -> new ChangeTable(sql).after(position, limit));
    }

    @Override
    public AutoCloseable onCommit(Runnable wake) {
        return open.onCommit(wake);
    }

    @Override
    public List<Claim> claim(String owner, Instant now, Instant deadBefore, int limit) {
        return open.write(sql -> new WorkTable(sql).claim(owner, now, deadBefore, limit));
    }

    @Override
    public List<Claim> heartbeat(String owner, Instant now) {
        return open.write(sql -> new WorkTable(sql).heartbeat(owner, now));
    }

    @Override
    public List<Effect> effects(String item) {
        return open.read(sql -> new WorkTable(sql).effects(item));
    }

    @Override
    public RoomSight room(String item, RoomWish wish) {
        return open.read(sql -> new RoomTable(sql).sight(item, wish));
    }

    @Override
    public List<String> nextForRoom() {
        return open.read(sql -> new RoomTable(sql).next());
    }

    @Override
    public long size() {
        return tree().size();
    }

    @Override
    public List<AuditRecord> entries(long from, int limit) {
        return open.read(sql -> new AuditTable(sql).entries(from, limit));
    }

    @Override
    public MerkleTree tree() {
        return open.read(sql -> new AuditTable(sql).tree());
    }

    /** How many writes wait for their turn; 0 while the disk keeps up. */
    public int waitingWrites() {
        return open.waitingWrites();
    }

    /**
     * The size of the write-ahead log; it stays within some megabytes while readers come and go.
     */
    public long walBytes() {
        return open.walBytes();
    }

    /** Does what was accepted, empties the write-ahead log, and lets the directory go. */
    @Override
    public void close() {
        open.close();
    }
}
