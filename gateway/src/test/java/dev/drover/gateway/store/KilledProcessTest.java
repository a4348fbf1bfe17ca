package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.StoredRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SIGKILL at any moment loses nothing that was acknowledged. */
final class KilledProcessTest {
    private static final int KILLS = 3;

    private final Path directory = StoreDirectory.create();

    @AfterEach
    void delete() {
        StoreDirectory.delete(directory);
    }

    @Test
    void nothingThatWasAcknowledgedIsLostByKillingTheProcess() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            // Another amount each time, so that the kill falls on another moment.
            acknowledged.addAll(acknowledgedBeforeTheKill("projects/" + kill + "-", 150 * kill));

            try (SqliteStore store = SqliteStore.open(StoreSettings.in(directory))) {
                Set<String> kept = names(store);
                assertThat(kept).containsAll(acknowledged);
                assertEveryCommitIsThereAsAWhole(store, kept);
                assertThat(AuditVerification.of(store, checked -> {}).intact()).isTrue();
            }
            assertThat(integrity()).isEqualTo("ok");
        }
    }

    private List<String> acknowledgedBeforeTheKill(String prefix, int enough) throws Exception {
        Process process =
                Commands.java(List.of(), CommitUntilKilled.class, directory.toString(), prefix);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            readUntil(output, acknowledged, enough);
            // Process.destroyForcibly would throw away what was printed and not yet read.
            process.toHandle().destroyForcibly();
            readUntil(output, acknowledged, Integer.MAX_VALUE);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
        return acknowledged;
    }

    private static void readUntil(BufferedReader output, List<String> lines, int enough)
            throws IOException {
        while (lines.size() < enough) {
            String line = output.readLine();
            if (line == null) {
                return;
            }
            lines.add(line);
        }
    }

    private static Set<String> names(SqliteStore store) {
        Set<String> names = new HashSet<>();
        String after = "";
        List<StoredRecord> page = store.list("Project", "", after, 500);
        while (!page.isEmpty()) {
            page.forEach(record -> names.add(record.name()));
            page = store.list("Project", "", page.getLast().name(), 500);
        }
        return names;
    }

    private static void assertEveryCommitIsThereAsAWhole(SqliteStore store, Set<String> kept) {
        assertThat(store.size()).isEqualTo(kept.size());
        assertThat(store.changesAfter(0, 1_000_000).orElseThrow())
                .extracting(RecordChange::key)
                .extracting(key -> key.name())
                .containsExactlyInAnyOrderElementsOf(kept);
    }

    private String integrity() throws Exception {
        return RawSql.one(directory, "PRAGMA integrity_check");
    }
}
