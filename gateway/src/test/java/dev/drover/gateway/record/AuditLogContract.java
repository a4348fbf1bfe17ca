package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.audit.MerkleHash;
import dev.drover.gateway.audit.MerkleTree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every store does with the audit log. */
public abstract class AuditLogContract extends StoreContract {
    @Test
    void anEntryIsReadAsItHappened() {
        AuditEvent event = event("created");

        records().commit(Commit.of(List.of(), event), T0);

        AuditRecord entry = audit().entries(0, 10).getFirst();
        assertThat(entry.seq()).isZero();
        assertThat(entry.time()).isEqualTo(T0);
        assertThat(entry.event()).isEqualTo(event);
        assertThat(entry.leafHash()).isEqualTo(MerkleHash.ofLeaf(entry.leaf()));
    }

    @Test
    void timesAreKeptToTheMicrosecondAlsoBefore1970() {
        Instant odd = Instant.parse("1969-12-31T23:59:59.000001999Z");

        records().commit(Commit.of(List.of(), event("early")), odd);

        assertThat(audit().entries(0, 1).getFirst().time())
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.000001Z"));
    }

    @Test
    void entriesOfOneCommitFollowOneAnother() {
        records()
                .commit(
                        new Commit(
                                List.of(),
                                List.of(event("one"), event("two"), event("three")),
                                Optional.empty(),
                                List.of()),
                        T0);

        assertThat(audit().entries(1, 1))
                .extracting(e -> e.event().summary())
                .containsExactly("two");
        assertThat(audit().entries(2, 10)).hasSize(1);
        assertThat(audit().entries(3, 10)).isEmpty();
        assertThat(audit().size()).isEqualTo(3);
    }

    @Test
    void aRefusedCommitLeavesNoGap() {
        commit(create("Project", "projects/shop"));
        assertThat(refused(create("Project", "projects/shop"))).isNotNull();
        commit(create("Project", "projects/other"));

        assertThat(audit().entries(0, 10)).extracting(AuditRecord::seq).containsExactly(0L, 1L);
    }

    @Test
    void concurrentCommitsMakeOneUnbrokenLog() {
        Callers.run(
                16,
                caller -> {
                    for (int i = 0; i < 25; i++) {
                        commit(create("Project", "projects/%d-%d".formatted(caller, i)));
                    }
                });

        assertThat(audit().entries(0, 1000))
                .extracting(AuditRecord::seq)
                .containsExactlyElementsOf(LongStream.range(0, 400).boxed().toList());
        assertThat(AuditVerification.of(audit(), checked -> {}).intact()).isTrue();
    }

    @Test
    void theTreeThatIsKeptIsTheTreeOfTheEntries() {
        MerkleTree expected = MerkleTree.EMPTY;
        for (int i = 0; i < 20; i++) {
            commit(create("Project", "projects/" + i));
            expected = expected.plus(audit().entries(i, 1).getFirst().leafHash());
            assertThat(audit().tree()).isEqualTo(expected);
        }

        reopen();

        assertThat(audit().tree()).isEqualTo(expected);
        assertThat(AuditVerification.of(audit(), checked -> {}).intact()).isTrue();
    }
}
