package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLeftTest {
    private static final Timestamp NOON = Timestamp.newBuilder().setSeconds(1_772_452_800).build();

    private long nanos;
    private final GatewayTime time = new GatewayTime(() -> nanos);
    private final TimeLeft left = new TimeLeft(time);

    @ParameterizedTest
    @CsvSource({
        "PT0.2S, 1 s",
        "PT12S, 12 s",
        "PT59.001S, 1 m",
        "PT3M, 3 m",
        "PT3M20S, 3 m 20 s",
        "PT1H0M30S, 1 h",
        "PT23H59M, 23 h 59 m",
        "PT49H, 2 d 1 h",
        "PT-5S, 0 s"
    })
    void theTwoLargestUnitsAreTold(Duration duration, String text) {
        assertThat(TimeLeft.text(duration)).isEqualTo(text);
    }

    @Test
    void timesInMessagesAreReadableAndSayHowLongItIsByTheGatewaysClock() {
        String message = "healthy; bakes until 2026-03-02T12:00:12.345678Z";
        assertThat(left.in(message)).isEqualTo("healthy; bakes until 2026-03-02 12:00:12 UTC");

        time.told(NOON);
        nanos += Duration.ofSeconds(5).toNanos();

        assertThat(left.in(message))
                .isEqualTo("healthy; bakes until 2026-03-02 12:00:12 UTC (8 s left)");
        assertThat(left.in("nobody decided since 2026-02-02T12:00:00Z"))
                .isEqualTo("nobody decided since 2026-02-02 12:00:00 UTC");
    }
}
