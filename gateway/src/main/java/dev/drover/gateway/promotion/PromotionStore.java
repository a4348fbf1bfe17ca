package dev.drover.gateway.promotion;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.baseline.Etags;
import dev.drover.gateway.decision.PlannedImages;
import dev.drover.gateway.plan.Rendering;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.gateway.rollout.Times;
import dev.drover.gateway.verification.Runs;
import dev.drover.v1.Environment;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Promotions and what belongs to them, as records. */
final class PromotionStore {
    static final String PROMOTION = "Promotion";
    static final String NOTES = "PromotionNotes";
    static final String LANE = "Lane";
    static final String RENDERING = "Rendering";
    static final String RELEASE_RECORD = "ReleaseRecord";
    static final String OUTCOMES = "Outcomes";

    private final Records records;
    private final KnownRecords<Promotion> promotions = new KnownRecords<>(PromotionStore::parse);
    private final KnownRecords<Notes> notes =
            new KnownRecords<>(one -> Json.read(one.body(), Notes.class));
    private final KnownRecords<Lane> lanes =
            new KnownRecords<>(one -> Json.read(one.body(), Lane.class));

    PromotionStore(Records records) {
        this.records = records;
    }

    Records records() {
        return records;
    }

    Optional<Promotion> promotion(String name) {
        return records.get(PROMOTION, name).map(promotions::read);
    }

    boolean exists(String promotion) {
        return records.get(PROMOTION, promotion).isPresent();
    }

    Optional<Loaded> load(String name) {
        Optional<StoredRecord> promotion = records.get(PROMOTION, name);
        if (promotion.isEmpty()) {
            return Optional.empty();
        }
        Promotion read = promotions.read(promotion.get());
        Optional<StoredRecord> its = records.get(NOTES, name);
        Optional<StoredRecord> lane = records.get(LANE, Names.lane(read));
        return Optional.of(
                new Loaded(
                        read,
                        promotion.get(),
                        its.map(notes::read).orElse(Notes.requested(List.of(), Notes.Restore.NONE)),
                        its.map(StoredRecord::revision).orElse(Write.ABSENT),
                        lane.map(lanes::read).orElse(Lane.EMPTY),
                        lane.map(StoredRecord::revision).orElse(Write.ABSENT)));
    }

    /** The lane of an application in the present incarnation of an environment. */
    Lane lane(String environment, String application) {
        String uid = environmentUid(environment);
        return records.get(LANE, Names.lane(environment, application))
                .map(lanes::read)
                .filter(lane -> lane.environmentUid().equals(uid))
                .orElseGet(() -> Lane.of(uid));
    }

    /** The write of a lane, whatever is there; it is refused where that changes meanwhile. */
    Write put(String environment, String application, Lane lane) {
        String name = Names.lane(environment, application);
        return put(
                name,
                lane,
                records.get(LANE, name).map(StoredRecord::revision).orElse(Write.ABSENT));
    }

    /** How lanes of an environment are ordered. */
    LaneMode mode(String environment) {
        return environment(environment)
                .map(Environment::getLaneMode)
                .orElse(LaneMode.LANE_MODE_UNSPECIFIED);
    }

    private String environmentUid(String environment) {
        return environment(environment).map(Environment::getUid).orElse("");
    }

    private Optional<Environment> environment(String environment) {
        return records.get("Environment", environment)
                .map(stored -> {
                    try {
                        return Environment.parseFrom(stored.body());
                    } catch (InvalidProtocolBufferException e) {
                        throw new IllegalStateException(environment + " cannot be read", e);
                    }
                });
    }

    Optional<Rendering> rendering(String promotion) {
        return records.get(RENDERING, promotion)
                .map(one -> Rendering.parse(one.body().toByteArray()));
    }

    ReleaseRecord releaseRecord(String release, String environment) {
        return present(
                records.get(RELEASE_RECORD, Names.history(release, environment)), environment);
    }

    private ReleaseRecord present(Optional<StoredRecord> stored, String environment) {
        String uid = environmentUid(environment);
        return stored.map(one -> Json.read(one.body(), ReleaseRecord.class))
                .filter(one -> one.environmentUid().equals(uid))
                .orElseGet(() -> ReleaseRecord.none(uid));
    }

    Outcomes outcomes(String environment, String application) {
        return outcomes(records.get(OUTCOMES, Names.lane(environment, application)), environment);
    }

    private Outcomes outcomes(Optional<StoredRecord> stored, String environment) {
        String uid = environmentUid(environment);
        return stored.map(one -> Json.read(one.body(), Outcomes.class))
                .filter(one -> one.environmentUid().equals(uid))
                .orElseGet(() -> Outcomes.none(uid));
    }

    /** The writes of a step: only what differs from what was loaded. */
    List<Write> writes(Loaded loaded, Step step, Instant now) {
        List<Write> writes = new ArrayList<>();
        if (!step.promotion().equals(loaded.promotion())) {
            writes.add(put(step.promotion(), loaded.revision(), now));
        }
        if (!step.notes().equals(loaded.notes())) {
            writes.add(put(loaded.promotion().getName(), step.notes(), loaded.notesRevision()));
        }
        if (!step.lane().equals(loaded.lane())) {
            writes.add(put(Names.lane(loaded.promotion()), step.lane(), loaded.laneRevision()));
        }
        step.rendering()
                .ifPresent(one ->
                        writes.add(
                                plain(
                                        RENDERING,
                                        loaded.promotion().getName(),
                                        Write.ABSENT,
                                        ByteString.copyFrom(one.toBytes()))));
        step.rollback()
                .ifPresent(one -> {
                    Promotion made =
                            one.promotion().toBuilder().setCreateTime(Times.timestamp(now)).build();
                    writes.add(put(made, Write.ABSENT, now));
                    writes.add(put(made.getName(), one.notes(), Write.ABSENT));
                });
        history(step, now).ifPresent(writes::add);
        outcome(step, now).ifPresent(writes::add);
        takenBack(step, now).ifPresent(writes::add);
        return writes;
    }

    /** What a person's rollback took back tells of it; of its own, the engine tells at once. */
    private Optional<Write> takenBack(Step step, Instant now) {
        Promotion rollback = step.promotion();
        boolean done =
                rollback.getState() == Promotion.State.SUCCEEDED
                        && !step.events().isEmpty()
                        && !rollback.getRollbackOf().isEmpty();
        return Optional.of(rollback.getRollbackOf())
                .filter(name -> done)
                .flatMap(name -> records.get(PROMOTION, name))
                .filter(stored -> parse(stored).getRolledBackBy().isEmpty())
                .map(stored ->
                        put(
                                parse(stored).toBuilder()
                                        .setRolledBackBy(rollback.getName())
                                        .build(),
                                stored.revision(),
                                now));
    }

    /** A promotion as its record says it after this write. */
    static Promotion answer(Write.Put written) {
        try {
            return Promotion.parseFrom(written.body()).toBuilder()
                    .setEtag(Etags.of(written.expectedRevision() + 1, written.body()))
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(written.name() + " cannot be read", e);
        }
    }

    Write.Put put(Promotion promotion, long revision, Instant now) {
        Promotion stored =
                promotion.toBuilder().setUpdateTime(Times.timestamp(now)).clearEtag().build();
        return new Write.Put(
                PROMOTION,
                stored.getName(),
                revision,
                stored.toByteString(),
                PromotionStates.ended(stored) ? List.of() : references(stored));
    }

    Write put(String promotion, Notes notes, long revision) {
        return plain(NOTES, promotion, revision, Json.write(notes));
    }

    Write put(String name, Lane lane, long revision) {
        return plain(LANE, name, revision, Json.write(lane));
    }

    /** What must not be deleted while the promotion is open. */
    private static List<RecordKey> references(Promotion promotion) {
        return List.of(
                new RecordKey("Environment", promotion.getEnvironment()),
                new RecordKey("Application", promotion.getApplication()),
                new RecordKey("Release", promotion.getRelease()));
    }

    private Optional<Write> history(Step step, Instant now) {
        Promotion promotion = step.promotion();
        if (step.events().isEmpty()
                || !PromotionStates.ended(promotion)
                || !LiveChanges.release(promotion)) {
            return Optional.empty();
        }
        String name = Names.history(promotion.getRelease(), promotion.getEnvironment());
        Optional<StoredRecord> stored = records.get(RELEASE_RECORD, name);
        ReleaseRecord before = present(stored, promotion.getEnvironment());
        ReleaseRecord after =
                switch (promotion.getState()) {
                    case SUCCEEDED ->
                            before.succeeded(
                                    now.toEpochMilli(),
                                    Runs.verdicts(promotion.getVerificationRunsList()),
                                    PlannedImages.of(promotion.getPlan()));
                    case FAILED, ROLLED_BACK -> promotion.hasStartTime() ? before.failed() : before;
                    default -> before;
                };
        return after.equals(before)
                ? Optional.empty()
                : Optional.of(
                        plain(
                                RELEASE_RECORD,
                                name,
                                stored.map(StoredRecord::revision).orElse(Write.ABSENT),
                                Json.write(after)));
    }

    private Optional<Write> outcome(Step step, Instant now) {
        Promotion promotion = step.promotion();
        if (step.events().isEmpty() || !Outcomes.tells(promotion)) {
            return Optional.empty();
        }
        String name = Names.lane(promotion);
        Optional<StoredRecord> stored = records.get(OUTCOMES, name);
        Outcomes after =
                outcomes(stored, promotion.getEnvironment()).ended(promotion, now.toEpochMilli());
        return Optional.of(
                plain(
                        OUTCOMES,
                        name,
                        stored.map(StoredRecord::revision).orElse(Write.ABSENT),
                        Json.write(after)));
    }

    private static Write plain(String kind, String name, long revision, ByteString body) {
        return new Write.Put(kind, name, revision, body, List.of());
    }

    static Promotion parse(StoredRecord stored) {
        try {
            return Promotion.parseFrom(stored.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("promotion " + stored.name() + " cannot be read", e);
        }
    }
}
