package dev.drover.gateway.promotion;

import dev.drover.gateway.decision.History;
import dev.drover.gateway.decision.ReleaseHistory;
import dev.drover.gateway.record.Records;
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
                record.verifications());
    }
}
