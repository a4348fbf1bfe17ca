package dev.drover.provider.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Log;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LogLines log =
            new LogLines(
                    out, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.5Z")), "provider");

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.000000Z",
        "2026-01-02T03:04:05.5Z, 2026-01-02T03:04:05.500000Z",
        "2026-01-02T03:04:05.000001999Z, 2026-01-02T03:04:05.000001Z"
    })
    void timestampAlwaysHasSixDigits(Instant time, String expected) {
        assertThat(LogLines.timestamp(time)).isEqualTo(expected);
    }

    @Test
    void entryIsOneLineOfJson() {
        log.write(Log.Level.WARN, "two\nlines", null);
        assertThat(text())
                .isEqualTo(
                        "{\"@level\":\"warn\",\"@message\":\"two\\u000alines\","
                                + "\"@timestamp\":\"2026-01-02T03:04:05.500000Z\",\"@module\":\"provider\"}\n");
    }

    @Test
    void lineStaysBelowTheLimitOfTheReader() {
        log.write(
                Log.Level.ERROR,
                "x".repeat(100_000),
                new IllegalStateException("y".repeat(100_000)));
        assertThat(text())
                .hasSizeLessThan(64 << 10)
                .endsWith("\"}\n")
                .contains("IllegalStateException");
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
