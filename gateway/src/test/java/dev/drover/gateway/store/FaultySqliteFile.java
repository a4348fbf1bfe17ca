package dev.drover.gateway.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A database whose writing connection fails at chosen statements, for as long as a test wants. */
final class FaultySqliteFile extends SqliteFile {
    private record Fault(String statement, SQLiteErrorCode code) {}

    private volatile Optional<Fault> fault = Optional.empty();

    FaultySqliteFile(Path path) {
        super(path);
    }

    /** From now on statements that begin so fail with this code. */
    void failAt(String statement, SQLiteErrorCode code) {
        fault = Optional.of(new Fault(statement, code));
    }

    void heal() {
        fault = Optional.empty();
    }

    @Override
    Connection openWriter() throws SQLException {
        failWhereDue("OPEN");
        Connection real = super.openWriter();
        return proxy(
                Connection.class,
                (proxy, method, args) -> {
                    if (method.getName().equals("prepareStatement")) {
                        failWhereDue((String) args[0]);
                    }
                    Object result = call(real, method, args);
                    return method.getName().equals("createStatement")
                            ? faulty((Statement) result)
                            : result;
                });
    }

    private Statement faulty(Statement real) {
        return proxy(
                Statement.class,
                (proxy, method, args) -> {
                    if (method.getName().equals("execute")) {
                        failWhereDue((String) args[0]);
                    }
                    return call(real, method, args);
                });
    }

    private void failWhereDue(String statement) throws SQLException {
        Optional<Fault> due = fault.filter(f -> statement.startsWith(f.statement()));
        if (due.isPresent()) {
            throw new SQLiteException("a fault of the test", due.get().code());
        }
    }

    private static Object call(Object real, java.lang.reflect.Method method, Object[] args)
            throws Throwable {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
