package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.gateway.audit.AuditVerification;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

/**
 * A file that fails refuses writes in words that help, loses nothing, and works again by itself.
 */
final class StoreFaultsTest {
    private final Path directory = StoreDirectory.create();
    private final FaultySqliteFile file = new FaultySqliteFile(directory.resolve("drover.db"));
    private final SqliteStore store =
            SqliteStore.on(
                    OpenStore.open(
                            StoreSettings.in(directory), ChangeRetention.DEFAULT, path -> file));

    @AfterEach
    void close() {
        file.heal();
        store.close();
        StoreDirectory.delete(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, make room on its disk",
        "SQLITE_READONLY, write permission",
        "SQLITE_READONLY_DBMOVED, write permission",
        "SQLITE_CANTOPEN, needs read and write permission",
        "SQLITE_BUSY, locked by another program",
        "SQLITE_CORRUPT, restore the directory from a backup",
        "SQLITE_NOTADB, restore the directory from a backup",
        "SQLITE_IOERR_WRITE, SQLITE_IOERR_WRITE",
        "SQLITE_IOERR_FSYNC, look at the disk",
        "SQLITE_NOMEM, memory",
    })
    void aFailureIsToldWithItsCauseAndTheNextStep(SQLiteErrorCode code, String words) {
        file.failAt("COMMIT", code);

        GatewayException refusal = refused("projects/shop");

        assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        assertThat(refusal)
                .hasMessageStartingWith("the store " + file.path())
                .hasMessageContaining(words);
        assertThat(refusal.details().retryAfter()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPEN",
                "BEGIN",
                "SAVEPOINT",
                "insert into `record`",
                "insert into `change`",
                "insert into `audit_entry`",
                "update `audit_tree`",
                "RELEASE",
                "COMMIT"
            })
    void aFailureAtAnyStepLeavesNothingBehindAndHealsByItself(String step) {
        store.commit(Commits.create("projects/before"), Commits.T0);
        // So that the next write has to open a connection again.
        file.failAt("BEGIN", SQLiteErrorCode.SQLITE_IOERR);
        assertThat(refused("projects/shop").reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
        file.failAt(step, SQLiteErrorCode.SQLITE_FULL);

        assertThat(refused("projects/shop")).hasMessageContaining("is full");
        assertThat(store.get("Project", "projects/before")).isPresent();
        assertThat(store.get("Project", "projects/shop")).isEmpty();
        file.heal();
        store.commit(Commits.create("projects/shop"), Commits.T0);

        assertThat(store.get("Project", "projects/shop").orElseThrow().revision()).isEqualTo(1);
        assertThat(store.size()).isEqualTo(2);
        assertThat(AuditVerification.of(store, checked -> {}).intact()).isTrue();
    }

    private GatewayException refused(String name) {
        return catchThrowableOfType(
                GatewayException.class, () -> store.commit(Commits.create(name), Commits.T0));
    }
}
