package dev.drover.gateway.store;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what is wrong with the store's file, and what to do, in the words of an operator. */
final class StoreFailures {
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int PRIMARY = 0xff;

    private final Path file;

    StoreFailures(Path file) {
        this.file = file;
    }

    /** Whether the file or its connection failed, and not just the one statement. */
    static boolean ofTheFile(Throwable failure) {
        return code(failure).filter(StoreFailures::ofTheFile).isPresent();
    }

    private static boolean ofTheFile(SQLiteErrorCode code) {
        return switch (primary(code)) {
            case SQLITE_PERM,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_NOMEM,
                    SQLITE_READONLY,
                    SQLITE_INTERRUPT,
                    SQLITE_IOERR,
                    SQLITE_CORRUPT,
                    SQLITE_FULL,
                    SQLITE_CANTOPEN,
                    SQLITE_PROTOCOL,
                    SQLITE_NOLFS,
                    SQLITE_NOTADB ->
                    true;
            default -> false;
        };
    }

    /** What a caller is told. */
    GatewayException unavailable(Throwable failure) {
        return unavailable(sentence(failure), failure);
    }

    GatewayException unavailable(String what) {
        return new GatewayException(Reason.STORE_UNAVAILABLE, message(what), details());
    }

    GatewayException unavailable(String what, Throwable cause) {
        return new GatewayException(Reason.STORE_UNAVAILABLE, message(what), details(), cause);
    }

    private String message(String what) {
        return "the store %s %s".formatted(file, what);
    }

    private ErrorDetails details() {
        return ErrorDetails.NONE.with("file", file.toString()).withRetryAfter(RETRY);
    }

    private String sentence(Throwable failure) {
        Optional<SQLiteErrorCode> code = code(failure);
        if (code.isPresent()) {
            return sentence(code.get());
        }
        return switch (failure) {
            case AccessDeniedException denied -> sentence(SQLiteErrorCode.SQLITE_CANTOPEN);
            case FileSystemException io when reason(io).startsWith("Read-only") ->
                    sentence(SQLiteErrorCode.SQLITE_READONLY);
            case FileSystemException io when reason(io).startsWith("No space") ->
                    sentence(SQLiteErrorCode.SQLITE_FULL);
            default -> "failed: " + failure;
        };
    }

    private static String reason(FileSystemException io) {
        return io.getReason() == null ? "" : io.getReason();
    }

    private String sentence(SQLiteErrorCode code) {
        return switch (primary(code)) {
            case SQLITE_FULL -> "is full: make room on its disk; then writing works again";
            case SQLITE_READONLY, SQLITE_PERM ->
                    ("is read-only: give the gateway's user write permission for the file and for"
                                    + " %s, or mount it writable")
                            .formatted(file.getParent());
            case SQLITE_CANTOPEN ->
                    "cannot be opened: the gateway's user needs read and write permission for %s and all in it"
                            .formatted(file.getParent());
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "is locked by another program, perhaps a database shell: end its transaction";
            case SQLITE_CORRUPT ->
                    "is damaged: stop the gateway and restore the directory from a backup (%s)"
                            .formatted(code);
            case SQLITE_NOTADB ->
                    "is not a database: stop the gateway and restore the directory from a backup,"
                            + " or move the file away to start anew";
            case SQLITE_IOERR ->
                    "cannot be read or written (%s): look at the disk and the kernel's log"
                            .formatted(code);
            case SQLITE_NOMEM -> "got no memory: give the gateway more";
            default -> "failed with %s: %s".formatted(code, code.message);
        };
    }

    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
        return SQLiteErrorCode.getErrorCode(code.code & PRIMARY);
    }

    private static Optional<SQLiteErrorCode> code(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLiteException e) {
                return Optional.of(e.getResultCode());
            }
        }
        return Optional.empty();
    }
}
