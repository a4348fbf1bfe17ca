package dev.drover.gateway.promotion;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.RoomSight;
import dev.drover.gateway.record.RoomWish;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.WorkList;
import dev.drover.gateway.store.SqliteStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One gateway's way to the real store: every write meets its fate, and is told to the ledger. */
final class FaultyStore implements Records, WorkList {
    private final SqliteStore store;
    private final SimulatedGateway gateway;
    private final Fate fate;
    private final WorkLedger ledger;

    FaultyStore(SqliteStore store, SimulatedGateway gateway, Fate fate, WorkLedger ledger) {
        this.store = store;
        this.gateway = gateway;
        this.fate = fate;
        this.ledger = ledger;
    }

    @Override
    public long commit(Commit commit, Instant time) {
        fate.at(Fate.Moment.BEFORE, "commit");
        long position = commitOrTell(commit, time);
        gateway.working().ifPresent(claim -> ledger.stepCommitted(gateway.owner(), claim));
        ledger.committed(commit);
        fate.at(Fate.Moment.AFTER, "commit");
        return position;
    }

    private long commitOrTell(Commit commit, Instant time) {
        try {
            return store.commit(commit, time);
        } catch (GatewayException refused) {
            gateway.working()
                    .ifPresent(claim -> ledger.stepRefused(gateway.owner(), claim, refused));
            throw refused;
        }
    }

    @Override
    public List<Claim> claim(String owner, Instant now, Instant deadBefore, int limit) {
        fate.at(Fate.Moment.BEFORE, "claim");
        List<Claim> claims = store.claim(owner, now, deadBefore, limit);
        ledger.claimed(owner, claims);
        fate.at(Fate.Moment.AFTER, "claim");
        return claims;
    }

    @Override
    public List<Claim> heartbeat(String owner, Instant now) {
        fate.at(Fate.Moment.BEFORE, "heartbeat");
        return store.heartbeat(owner, now);
    }

    @Override
    public RoomSight room(String item, RoomWish wish) {
        return store.room(item, wish);
    }

    @Override
    public List<String> nextForRoom() {
        return store.nextForRoom();
    }

    @Override
    public List<Effect> effects(String item) {
        return store.effects(item);
    }

    @Override
    public Optional<StoredRecord> get(String kind, String name) {
        return store.get(kind, name);
    }

    @Override
    public List<StoredRecord> list(String kind, String prefix, String after, int limit) {
        return store.list(kind, prefix, after, limit);
    }

    @Override
    public List<RecordKey> referrers(RecordKey target) {
        return store.referrers(target);
    }

    @Override
    public Optional<Receipt> receipt(String caller, String requestId, Instant now) {
        return store.receipt(caller, requestId, now);
    }

    @Override
    public long position() {
        return store.position();
    }

    @Override
    public Optional<List<RecordChange>> changesAfter(long position, int limit) {
        return store.changesAfter(position, limit);
    }

    @Override
    public AutoCloseable onCommit(Runnable wake) {
        return store.onCommit(wake);
    }
}
