package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.Receipt;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.Write;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the embedded store's tables beyond the contract of all stores. */
final class SchemaTest {
    private final Path directory = StoreDirectory.create();
    private final OpenStore open =
            OpenStore.open(
                    StoreSettings.in(directory), new ChangeRetention(100, 50_000), SqliteFile::new);
    private final SqliteStore store = SqliteStore.on(open);

    @AfterEach
    void close() {
        store.close();
        StoreDirectory.delete(directory);
    }

    @Test
    void listingIsASearchInThePrimaryKey() {
        String plan =
                open.read(sql ->
                        plan(
                                sql,
                                "SELECT name, revision, body FROM record WHERE kind = 'a'"
                                        + " AND name > 'b' AND name >= 'b' AND name < 'c'"
                                        + " ORDER BY name LIMIT 5"));

        assertThat(plan)
                .isEqualTo(
                        "SEARCH record USING INDEX sqlite_autoindex_record_1"
                                + " (kind=? AND name>? AND name<?)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT kind FROM record_reference WHERE target_kind = 'a' AND target_name = 'b'",
                "DELETE FROM record_reference WHERE kind = 'a' AND name = 'b'",
                "SELECT create_time FROM receipt WHERE create_time < 5 ORDER BY create_time",
                "SELECT key FROM effect WHERE item = 'a' AND done = 0",
                "UPDATE work SET heartbeat = 5 WHERE owner = 'a'",
                "SELECT item FROM room WHERE runs = 0",
                "SELECT count(*) FROM room WHERE cluster = 'a' AND runs = 1",
                "SELECT leaf FROM audit_entry WHERE seq >= 5 ORDER BY seq LIMIT 5"
            })
    void whatIsAskedOftenIsSearchedInAnIndex(String statement) {
        String plan = open.read(sql -> plan(sql, statement));

        assertThat(plan).startsWith("SEARCH");
    }

    @Test
    void auditEntriesCannotBeChangedOrDeletedByAStatement() {
        store.commit(Commits.create("projects/a"), Commits.T0);

        assertThatThrownBy(() -> open.write(sql -> sql.execute("UPDATE audit_entry SET seq = 7")))
                .hasMessageContaining("append-only: an entry cannot be changed");
        assertThatThrownBy(() -> open.write(sql -> sql.execute("DELETE FROM audit_entry")))
                .hasMessageContaining("append-only: an entry cannot be deleted");
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void whoeverChangesTheLogInTheFileIsFoundOut() throws Exception {
        for (int i = 0; i < 10; i++) {
            store.commit(Commits.create("projects/" + i), Commits.T0);
        }
        RawSql.run(directory, "DROP TRIGGER audit_entry_is_never_changed");
        RawSql.run(
                directory,
                "UPDATE audit_entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'root', 'ruth')"
                        + " AS BLOB) WHERE seq = 6");

        AuditVerification found = AuditVerification.of(store, checked -> {});

        assertThat(found.intact()).isFalse();
        assertThat(found.firstBadSeq()).isEqualTo(OptionalLong.of(6));
    }

    @Test
    void onlyTheNewestChangesAreKept() {
        for (int i = 0; i < 300; i++) {
            store.commit(Commits.create("projects/" + i), Commits.T0);
        }

        assertThat(store.changesAfter(0, 10)).isEmpty();
        assertThat(store.changesAfter(50, 10)).isEmpty();
        List<RecordChange> newest = store.changesAfter(220, 1000).orElseThrow();
        assertThat(newest).hasSize(80);
        assertThat(newest.getLast().position()).isEqualTo(300);
        assertThat(store.list("Project", "", "", 1000)).hasSize(300);
    }

    @Test
    void largeChangesAreKeptForAShorterTime() {
        for (int i = 0; i < 60; i++) {
            store.commit(Commits.create("projects/" + i, Commits.body(2_000)), Commits.T0);
        }

        assertThat(store.changesAfter(30, 10)).isEmpty();
        assertThat(store.changesAfter(40, 100).orElseThrow()).hasSize(20);
    }

    @Test
    void theNewestChangeIsKeptHoweverLargeItIs() {
        long position =
                store.commit(Commits.create("projects/a", Commits.body(90_000)), Commits.T0);
        store.commit(deletion("projects/none"), Commits.T0.plusSeconds(100));

        assertThat(store.changesAfter(position - 1, 10).orElseThrow()).hasSize(1);
        assertThat(store.commit(Commits.create("projects/b"), Commits.T0)).isEqualTo(position + 1);
    }

    @Test
    void oldAnswersAreForgotten() {
        Instant later = Commits.T0.plus(Duration.ofHours(24)).plusSeconds(1);
        for (int i = 0; i < 20; i++) {
            store.commit(answer("r-" + i, Commits.T0), Commits.T0);
        }
        store.commit(answer("new", later), later);
        // A commit of one minute later, whose upkeep is behind that of the one before.
        store.commit(deletion("projects/none"), later.plusSeconds(61));
        store.commit(deletion("projects/none"), later.plusSeconds(61));

        int kept = open.read(sql -> sql.fetchCount(Tables.RECEIPT));
        assertThat(kept).isEqualTo(1);
        assertThat(store.receipt("caller", "new", later)).isPresent();
    }

    @Test
    void closingEmptiesTheWriteAheadLog() {
        store.commit(Commits.create("projects/a"), Commits.T0);
        Path log = directory.resolve("drover.db-wal");
        assertThat(log).exists();

        store.close();

        assertThat(log.toFile().length()).isZero();
        assertThat(Files.exists(directory.resolve("drover.db"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"WAL, journal_mode", "2, synchronous", "1, foreign_keys"})
    void theWriterIsDurableAndChecksReferences(String value, String pragma) {
        String set = open.write(sql -> sql.fetchSingle("PRAGMA " + pragma).get(0, String.class));

        assertThat(set).isEqualToIgnoringCase(value);
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> open.read(sql -> sql.execute("DELETE FROM record")))
                .hasMessageContaining("read-only");
        assertThat(store.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "projects/shop/, projects/shop0",
        "a, b",
        "a\uD7FF, a\uE000",
        "a\uDBFF\uDFFF, b",
    })
    void theEndOfAPrefixIsTheNextName(String prefix, String end) {
        assertThat(NameRange.end(prefix)).contains(end);
    }

    @Test
    void aPrefixOfTheLastCharacterHasNoEnd() {
        assertThat(NameRange.end("")).isEmpty();
        assertThat(NameRange.end("\uDBFF\uDFFF")).isEmpty();
    }

    private static String plan(DSLContext sql, String statement) {
        return sql.fetch("EXPLAIN QUERY PLAN " + statement).getFirst().get("detail", String.class);
    }

    private static Commit deletion(String name) {
        return new Commit(
                List.of(new Write.Delete("Project", name, Write.ANY)),
                List.of(),
                Optional.empty(),
                List.of());
    }

    private static Commit answer(String requestId, Instant time) {
        Receipt receipt =
                new Receipt("caller", requestId, Commits.body(32), Commits.body(10), time);
        return new Commit(List.of(), List.of(), Optional.of(receipt), List.of());
    }
}
