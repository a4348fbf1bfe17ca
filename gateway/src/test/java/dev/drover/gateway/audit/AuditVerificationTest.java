package dev.drover.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The check of the log finds every way of changing it afterwards. */
final class AuditVerificationTest {
    private static final Instant TIME = Instant.parse("2026-11-21T10:00:00Z");
    private static final int SIZE = 1203;

    private final TamperedLog log = new TamperedLog();

    @Test
    void anUntouchedLogIsIntact() {
        List<Long> progress = new ArrayList<>();

        AuditVerification found = AuditVerification.of(log, progress::add);

        assertThat(found.intact()).isTrue();
        assertThat(found.firstBadSeq()).isEmpty();
        assertThat(found.size()).isEqualTo(SIZE);
        assertThat(found.root()).isEqualTo(log.tree.root());
        assertThat(progress).isSorted().endsWith((long) SIZE).hasSizeGreaterThan(2);
    }

    @Test
    void anEmptyLogIsIntact() {
        log.entries.clear();
        log.tree = MerkleTree.EMPTY;

        AuditVerification found = AuditVerification.of(log, checked -> {});

        assertThat(found.intact()).isTrue();
        assertThat(found.root()).isEqualTo(MerkleHash.ofNothing());
    }

    @Test
    void aChangedEntryIsFound() {
        AuditRecord old = log.entries.get(700);
        ByteString leaf = ByteString.copyFromUtf8(old.leaf().toStringUtf8().replace("ci", "me"));
        log.entries.set(700, AuditLeaf.parse(700, leaf, old.leafHash()));

        assertFirstBad(700);
    }

    @Test
    void anEntryThatIsNotJsonIsFound() {
        ByteString leaf = ByteString.copyFromUtf8("nonsense");
        log.entries.set(5, AuditLeaf.parse(5, leaf, MerkleHash.ofLeaf(leaf)));

        assertFirstBad(5);
    }

    @Test
    void aMissingEntryIsFound() {
        log.entries.remove(900);

        assertFirstBad(900);
    }

    @Test
    void aMissingEndIsFound() {
        log.entries.removeLast();

        assertFirstBad(SIZE - 1);
    }

    @Test
    void exchangedEntriesAreFound() {
        AuditRecord one = log.entries.get(10);
        log.entries.set(10, log.entries.get(11));
        log.entries.set(11, one);

        assertFirstBad(10);
    }

    @Test
    void anEntryChangedTogetherWithItsHashBreaksTheRoot() {
        log.entries.set(700, AuditLeaf.record(700, TIME, event("forged")));

        AuditVerification found = AuditVerification.of(log, checked -> {});

        assertThat(found.intact()).isFalse();
        assertThat(found.firstBadSeq()).isEmpty();
    }

    @Test
    void stopsWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> AuditVerification.of(log, checked -> {}))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    private void assertFirstBad(long seq) {
        AuditVerification found = AuditVerification.of(log, checked -> {});
        assertThat(found.intact()).isFalse();
        assertThat(found.firstBadSeq()).hasValue(seq);
        assertThat(found.size()).isEqualTo(SIZE);
    }

    private static AuditEvent event(String summary) {
        return new AuditEvent("serviceAccounts/ci", "test", "projects/shop", summary, Map.of(), "");
    }

    /** A log in memory that tests may tamper with; its tree is the honest one. */
    private static final class TamperedLog implements AuditLog {
        private final List<AuditRecord> entries = new ArrayList<>();
        private MerkleTree tree = MerkleTree.EMPTY;

        TamperedLog() {
            for (int seq = 0; seq < SIZE; seq++) {
                AuditRecord entry = AuditLeaf.record(seq, TIME.plusSeconds(seq), event("e" + seq));
                entries.add(entry);
                tree = tree.plus(entry.leafHash());
            }
        }

        @Override
        public long size() {
            return tree.size();
        }

        @Override
        public List<AuditRecord> entries(long from, int limit) {
            int start = (int) Math.min(from, entries.size());
            return entries.subList(start, Math.min(start + limit, entries.size()));
        }

        @Override
        public MerkleTree tree() {
            return tree;
        }
    }
}
