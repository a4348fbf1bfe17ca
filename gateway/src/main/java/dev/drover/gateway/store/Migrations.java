package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.sqlite.SQLiteDataSource;

/** Brings the tables to the version that this gateway knows, and refuses those of a newer one. */
final class Migrations {
    private final SqliteFile file;
    private final StoreFailures failures;

    Migrations(SqliteFile file, StoreFailures failures) {
        this.file = file;
        this.failures = failures;
    }

    void run() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl(file.url());
        Flyway flyway =
                Flyway.configure()
                        .dataSource(source)
                        .locations("classpath:db/migration/sqlite")
                        .load();
        try {
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException e) {
            throw failures.unavailable(e);
        }
    }

    private void refuseNewer(Flyway flyway) {
        Optional<MigrationInfo> newer =
                Arrays.stream(flyway.info().all())
                        .filter(migration -> migration.getState().isApplied())
                        .filter(migration -> !migration.getState().isResolved())
                        .reduce((first, last) -> last);
        if (newer.isPresent()) {
            throw tooNew(newer.get());
        }
    }

    private GatewayException tooNew(MigrationInfo newer) {
        return failures.unavailable(
                "was written by a newer gateway (its tables have version %s, which this one does not know): start that version, or one after it"
                        .formatted(newer.getVersion()));
    }
}
