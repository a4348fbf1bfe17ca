package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.StoredRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Records that were read of late are never older than the last commit. */
class RecentRecordsTest {
    private static final RecordKey SHOP = new RecordKey("Project", "projects/shop");
    private static final RecordKey BANK = new RecordKey("Project", "projects/bank");

    private final RecentRecords recent = new RecentRecords();
    private int reads;

    private static StoredRecord revision(long number) {
        return new StoredRecord(SHOP.kind(), SHOP.name(), number, ByteString.copyFromUtf8("x"));
    }

    private long get(RecordKey key, long inTheFile) {
        return recent.get(key, () -> read(Optional.of(revision(inTheFile))))
                .orElseThrow()
                .revision();
    }

    private int list(String kind, long inTheFile) {
        Supplier<List<StoredRecord>> file = () -> read(List.of(revision(inTheFile)));
        return (int) recent.list(kind, "projects/", "", 10, file).getFirst().revision();
    }

    private <T> T read(T found) {
        reads++;
        return found;
    }

    private void commit(RecordKey key) {
        recent.committing(List.of(key));
        recent.committed();
    }

    @Test
    void recordIsReadOnceUntilItIsChanged() {
        assertThat(get(SHOP, 1)).isEqualTo(1);
        assertThat(get(SHOP, 1)).isEqualTo(1);
        commit(BANK);
        assertThat(get(SHOP, 1)).isEqualTo(1);
        assertThat(reads).isEqualTo(1);
        commit(SHOP);
        assertThat(get(SHOP, 2)).isEqualTo(2);
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsReadOnceToo() {
        assertThat(recent.get(SHOP, () -> read(Optional.empty()))).isEmpty();
        assertThat(recent.get(SHOP, () -> read(Optional.empty()))).isEmpty();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void readThatACommitOvertookIsNotKept() {
        recent.get(
                SHOP,
                () -> {
                    commit(SHOP);
                    return Optional.of(revision(1));
                });
        assertThat(get(SHOP, 2)).isEqualTo(2);
    }

    @Test
    void readDuringACommitIsNotKept() {
        recent.committing(List.of(SHOP));
        assertThat(get(SHOP, 1)).isEqualTo(1);
        recent.committed();
        assertThat(get(SHOP, 2)).isEqualTo(2);
    }

    @Test
    void readThatBeganDuringACommitAndEndedAfterItIsNotKept() {
        recent.committing(List.of(SHOP));
        recent.get(
                SHOP,
                () -> {
                    recent.committed();
                    return Optional.of(revision(1));
                });
        assertThat(get(SHOP, 2)).isEqualTo(2);
    }

    @Test
    void listIsReadOnceUntilSomethingOfItsKindIsChanged() {
        assertThat(list("Project", 1)).isEqualTo(1);
        commit(new RecordKey("Policy", "policies/prod"));
        assertThat(list("Project", 1)).isEqualTo(1);
        assertThat(reads).isEqualTo(1);
        commit(BANK);
        assertThat(list("Project", 2)).isEqualTo(2);
    }

    @Test
    void listThatWasReadDuringACommitIsNotKept() {
        recent.committing(List.of(SHOP));
        assertThat(list("Project", 1)).isEqualTo(1);
        recent.committed();
        assertThat(list("Project", 2)).isEqualTo(2);
    }

    @Test
    void nothingIsKeptWhereACommitFailed() {
        get(SHOP, 1);
        list("Project", 1);
        recent.committing(List.of(BANK));
        recent.failed();
        assertThat(get(SHOP, 2)).isEqualTo(2);
        assertThat(list("Project", 2)).isEqualTo(2);
    }
}
