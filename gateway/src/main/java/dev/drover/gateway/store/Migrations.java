package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.sqlite.SQLiteDataSource;

/** Brings the tables to the version that this gateway knows, and refuses those of a newer one. */
final class Migrations {
    /** "DRVR", as the first migration sets it. */
    private static final int APPLICATION_ID = 0x44525652;

    private static final String FOREIGN =
            "SELECT application_id, (SELECT count(*) FROM sqlite_schema) AS tables"
                    + " FROM pragma_application_id";

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
            refuseForeign();
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException | SQLException e) {
            throw failures.unavailable(e);
        }
    }

    /** Flyway would say that the schema is not empty; this says whose file it probably is. */
    private void refuseForeign() throws SQLException {
        try (Connection connection = file.openReader();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FOREIGN)) {
            row.next();
            if (row.getInt("application_id") != APPLICATION_ID && row.getInt("tables") > 0) {
                throw failures.unavailable(
                        "was not made by Drover: give the gateway a directory of its own");
            }
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
                ("was written by a newer gateway (its tables have version %s, which this one does"
                                + " not know): start that version, or one after it")
                        .formatted(newer.getVersion()));
    }
}
