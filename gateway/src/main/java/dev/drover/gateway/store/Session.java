package dev.drover.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * One connection with the statements that begin and end transactions. The driver's own transactions
 * are not used: with them an idle connection holds the write lock.
 */
final class Session implements AutoCloseable {
    /** jOOQ's own logging prints bodies: never, at no level. */
    private static final Settings SETTINGS = new Settings().withExecuteLogging(false);

    private final Connection connection;
    private final Statement control;
    private final DSLContext sql;

    Session(Connection connection) throws SQLException {
        this.connection = connection;
        this.control = connection.createStatement();
        this.sql = DSL.using(connection, SQLDialect.SQLITE, SETTINGS);
    }

    DSLContext sql() {
        return sql;
    }

    void execute(String statement) throws SQLException {
        control.execute(statement);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
