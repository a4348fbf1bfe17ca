package dev.drover.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What somebody with a database shell can do to a store. */
final class RawSql {
    private RawSql() {}

    static void run(Path directory, String statement) throws SQLException {
        try (Connection connection = open(directory);
                Statement shell = connection.createStatement()) {
            shell.execute(statement);
        }
    }

    static String one(Path directory, String query) throws SQLException {
        try (Connection connection = open(directory);
                Statement shell = connection.createStatement();
                ResultSet rows = shell.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection open(Path directory) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("drover.db"));
    }
}
