package dev.drover.gateway.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** The database file, and the settings with which connections to it are opened. */
class SqliteFile {
    /** Waited for only where somebody else, a database shell say, writes to the file. */
    private static final Duration BUSY = Duration.ofSeconds(3);

    private static final int WAL_BYTES_KEPT = 64 << 20;
    private static final int CACHE_KIB = 16 << 10;

    private final Path path;

    SqliteFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Makes an empty file that only its owner can read, where there is none. */
    void create() throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, onlyForOwner("rw-------"));
        }
    }

    static FileAttribute<?>[] onlyForOwner(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    /** The one connection that writes. A commit is on the disk when COMMIT returns. */
    Connection openWriter() throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        config.enforceForeignKeys(true);
        return config.createConnection(url());
    }

    /** A connection that only reads. */
    Connection openReader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return config.createConnection(url());
    }

    String url() {
        return "jdbc:sqlite:" + path;
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        // A file that vanished must not come back empty.
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout((int) BUSY.toMillis());
        config.setCacheSize(-CACHE_KIB);
        // Otherwise every INSERT is followed by a query that nobody reads.
        config.setGetGeneratedKeys(false);
        return config;
    }
}
