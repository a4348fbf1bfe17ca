package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The promotions of a project as the store has them, followed by its changes: what did not change
 * is not read again.
 */
final class SeenPromotions {
    private static final int PAGE = 500;
    private static final int ALL = 1000;

    private final Records records;
    private final String prefix;
    private final TreeMap<String, Promotion> present = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();
    private long position;

    SeenPromotions(Records records, String project) {
        this.records = records;
        this.prefix = project + "/promotions/";
        this.position = records.position();
    }

    /** All of them as they are now, by name. */
    List<Promotion> all() {
        follow();
        return List.copyOf(present.values());
    }

    /** Those that changed since this was asked last. */
    List<Promotion> changed() {
        follow();
        List<Promotion> all = changed.stream().map(present::get).toList();
        changed.clear();
        return all;
    }

    private void follow() {
        List<RecordChange> page;
        do {
            page = records.changesAfter(position, PAGE).orElseThrow();
            for (RecordChange change : page) {
                position = change.position();
                String name = change.key().name();
                if (change.key().kind().equals(PromotionStore.PROMOTION)
                        && name.startsWith(prefix)) {
                    changed.add(name);
                    present.put(name, PromotionStore.parse(change.record().orElseThrow()));
                }
            }
        } while (page.size() == PAGE);
    }

    /** What was followed is what is there. */
    void check() {
        List<Promotion> stored = new ArrayList<>();
        for (StoredRecord record : records.list(PromotionStore.PROMOTION, prefix, "", ALL)) {
            stored.add(PromotionStore.parse(record));
        }
        assertThat(all()).as("promotions by their changes").isEqualTo(stored);
    }
}
