package dev.drover.gateway.decision;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Decision;
import dev.drover.v1.DecisionInput;
import dev.drover.v1.RecordedDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decisions and their inputs as records that are never changed. A decision is found by its
 * promotion and number, and in the order of time, the newest first; an input by its digest.
 */
public final class DecisionLog {
    static final String DECISION = "RecordedDecision";
    static final String NUMBER = "DecisionNumber";
    static final String INPUT = "DecisionInput";
    private static final int BATCH = 1000;

    private final Records records;

    /** Decisions in these records. */
    public DecisionLog(Records records) {
        this.records = records;
    }

    /** What a promotion's decision writes, to be committed with the promotion. */
    public List<Write> writes(String promotion, Judgement judgement) {
        Decision decision = judgement.decision();
        DecisionInput input = judgement.input();
        long number = newest(promotion) + 1;
        RecordedDecision recorded =
                RecordedDecision.newBuilder()
                        .setPromotion(promotion)
                        .setNumber(number)
                        .setDecision(decision)
                        .setEnvironment(input.getEnvironment().getName())
                        .setApplication(input.getApplication().getName())
                        .addAllPolicies(input.getPoliciesList())
                        .setEvaluatorVersion(Gate.EVALUATOR_VERSION)
                        .setZoneDataVersion(ZoneData.version())
                        .build();
        String place = place(recorded);
        List<Write> writes = new ArrayList<>();
        writes.add(put(DECISION, place, Write.ABSENT, Deterministic.bytes(recorded)));
        writes.add(
                put(NUMBER, name(promotion, number), Write.ABSENT, ByteString.copyFromUtf8(place)));
        if (records.get(INPUT, decision.getInputDigest()).isEmpty()) {
            // Whoever writes it first: the same digest means the same bytes.
            writes.add(
                    put(INPUT, decision.getInputDigest(), Write.ANY, Deterministic.bytes(input)));
        }
        return writes;
    }

    /** How many decisions a promotion has. */
    long newest(String promotion) {
        long count = 0;
        List<StoredRecord> page;
        do {
            page = records.list(NUMBER, prefix(promotion), name(promotion, count), BATCH);
            count += page.size();
        } while (page.size() == BATCH);
        return count;
    }

    Optional<RecordedDecision> get(String promotion, long number) {
        return records.get(NUMBER, name(promotion, number)).map(this::at);
    }

    /** Decisions of a promotion with numbers greater than this one, the oldest first. */
    List<RecordedDecision> after(String promotion, long number, int limit) {
        return records.list(NUMBER, prefix(promotion), name(promotion, number), limit).stream()
                .map(this::at)
                .toList();
    }

    /** Decisions of all promotions, the newest first, after the one at this place. */
    List<RecordedDecision> older(String place, int limit) {
        return records.list(DECISION, "", place, limit).stream().map(DecisionLog::read).toList();
    }

    /** The bytes of an input as they were recorded. */
    ByteString input(String digest) {
        return records.get(INPUT, digest)
                .map(StoredRecord::body)
                .orElseThrow(() -> new IllegalStateException("no input " + digest + " is kept"));
    }

    /** Where a decision stands in the order of time. */
    static String place(RecordedDecision recorded) {
        long millis = Timestamps.toMillis(recorded.getDecision().getEvaluateTime());
        return "%019d/%s"
                .formatted(
                        Long.MAX_VALUE - millis,
                        name(recorded.getPromotion(), recorded.getNumber()));
    }

    static DecisionInput parse(ByteString input) {
        try {
            return DecisionInput.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the input of a decision cannot be read", e);
        }
    }

    private RecordedDecision at(StoredRecord number) {
        return records.get(DECISION, number.body().toStringUtf8())
                .map(DecisionLog::read)
                .orElseThrow(() -> new IllegalStateException(number.name() + " leads nowhere"));
    }

    private static RecordedDecision read(StoredRecord record) {
        try {
            return RecordedDecision.parseFrom(record.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(record.name() + " cannot be read", e);
        }
    }

    private static String prefix(String promotion) {
        return promotion + "/decisions/";
    }

    // Padded, so that the order of names is the order of numbers.
    private static String name(String promotion, long number) {
        return prefix(promotion) + "%06d".formatted(number);
    }

    private static Write put(String kind, String name, long revision, ByteString body) {
        return new Write.Put(kind, name, revision, body, List.of());
    }
}
