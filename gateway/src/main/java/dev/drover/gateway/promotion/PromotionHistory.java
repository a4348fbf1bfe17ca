package dev.drover.gateway.promotion;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.decision.History;
import dev.drover.gateway.decision.PlaceHistory;
import dev.drover.gateway.decision.ReleaseHistory;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What happened to releases before, from the records that promotions leave when they end. */
public final class PromotionHistory implements History {
    private final PromotionStore store;

    /** Reads these records. */
    public PromotionHistory(Records records) {
        this.store = new PromotionStore(records);
    }

    @Override
    public Map<String, ReleaseHistory> of(String release, Collection<String> environments) {
        Map<String, ReleaseHistory> histories = new LinkedHashMap<>();
        String application = Names.application(release);
        for (String environment : environments) {
            ReleaseRecord record = store.releaseRecord(release, environment);
            if (record.successMillis() > 0 || record.failures() > 0) {
                histories.put(environment, history(record, environment, application, release));
            }
        }
        return histories;
    }

    private ReleaseHistory history(
            ReleaseRecord record, String environment, String application, String release) {
        Lane lane = store.lane(environment, application);
        boolean healthy =
                lane.intact()
                        && lane.good().filter(one -> one.release().equals(release)).isPresent();
        return new ReleaseHistory(
                healthy,
                record.successMillis() == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(record.successMillis())),
                record.failures(),
                record.verifications(),
                record.images());
    }

    @Override
    public Map<String, PlaceHistory> places(String application, Collection<String> environments) {
        Map<String, PlaceHistory> places = new LinkedHashMap<>();
        for (String environment : environments) {
            Lane lane = store.lane(environment, application);
            String running =
                    lane.good().filter(one -> lane.intact()).map(Lane.Success::release).orElse("");
            places.put(
                    environment,
                    new PlaceHistory(
                            running,
                            running.isEmpty() ? "" : version(running),
                            store.outcomes(environment, application).newest().stream()
                                    .map(PromotionHistory::outcome)
                                    .toList()));
        }
        return places;
    }

    private static PlaceHistory.Outcome outcome(Outcomes.Outcome one) {
        return new PlaceHistory.Outcome(
                one.promotion(),
                one.kind(),
                one.release(),
                new PlaceHistory.End(
                        one.state(),
                        one.takenBack(),
                        Instant.ofEpochMilli(one.endMillis()),
                        Duration.ofMillis(Math.max(0, one.endMillis() - one.startMillis()))));
    }

    private String version(String release) {
        return store.records()
                .get("Release", release)
                .map(PromotionHistory::parse)
                .map(Release::getVersion)
                .filter(version -> !version.isEmpty())
                .orElseGet(() -> Names.id(release));
    }

    private static Release parse(StoredRecord stored) {
        try {
            return Release.parseFrom(stored.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(stored.name() + " cannot be read", e);
        }
    }
}
