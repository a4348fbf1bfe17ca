package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.drover.gateway.error.GatewayException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** What others notice while nothing can be written. */
final class WriteTroubleTest {
    private final Path directory = StoreDirectory.create();
    private final FaultySqliteFile file = new FaultySqliteFile(directory.resolve("drover.db"));
    private final AtomicInteger wakes = new AtomicInteger();
    private final StoreWriter writer =
            new StoreWriter(
                    file,
                    new StoreFailures(file.path()),
                    new RecentRecords(),
                    wakes::incrementAndGet);
    private final Logger log = (Logger) LoggerFactory.getLogger(WriteTrouble.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeEach
    void start() throws Exception {
        told.start();
        log.setLevel(Level.INFO);
        log.addAppender(told);
        file.create();
        writer.start();
    }

    @AfterEach
    void close() throws Exception {
        log.detachAppender(told);
        log.setLevel(null);
        file.heal();
        writer.close();
        StoreDirectory.delete(directory);
    }

    @Test
    void writeThatFailedWakesNobody() throws Exception {
        file.failAt("COMMIT", SQLiteErrorCode.SQLITE_FULL);
        fail();
        file.heal();
        write();
        // Its thread has ended then, with all that it had to do.
        writer.close();
        assertThat(wakes).hasValue(1);
    }

    @Test
    void logTellsTheBeginningAndTheEndAndNotEachFailureBetween() {
        file.failAt("COMMIT", SQLiteErrorCode.SQLITE_FULL);
        fail();
        fail();
        fail();
        file.failAt("BEGIN", SQLiteErrorCode.SQLITE_READONLY);
        fail();
        file.heal();
        write();
        write();

        assertThat(told.list.stream().map(ILoggingEvent::getFormattedMessage))
                .satisfiesExactly(
                        full -> assertThat(full).contains("is full: make room", "reads go on"),
                        readOnly -> assertThat(readOnly).contains("is read-only"),
                        end ->
                                assertThat(end)
                                        .contains("is written again; 4 writes failed meanwhile"));
    }

    private void fail() {
        assertThatExceptionOfType(GatewayException.class).isThrownBy(this::write);
    }

    private void write() {
        writer.write(new WriteJob<>(sql -> true, Set.of()), Duration.ofSeconds(10));
    }
}
