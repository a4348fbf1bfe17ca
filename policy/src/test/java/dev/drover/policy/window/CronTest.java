package dev.drover.policy.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {

    private static final LocalDateTime SUNDAY = LocalDateTime.parse("2026-11-22T00:00");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 9 * * MON-FRI | 2026-11-23T09:00",
                "0 9 * * 1-5 | 2026-11-23T09:00",
                "30 17 * * 7 | 2026-11-22T17:30",
                "30 17 * * sun | 2026-11-22T17:30",
                "0 0 1 JAN * | 2027-01-01T00:00",
                "*/20 3-4/1 * * * | 2026-11-22T03:00",
                "5/20 0 * * * | 2026-11-22T00:05",
                "0 0 29 2 * | 2028-02-29T00:00",
                "0 0 13 * FRI | 2026-11-27T00:00",
                "0 0 13 * * | 2026-12-13T00:00",
            })
    void fieldsMeanWhatTheyMeanToCron(String text, LocalDateTime first) {
        assertThat(Cron.parse(text.strip()).first(SUNDAY)).contains(first);
    }

    @Test
    void aDayThatNeverComesIsFoundOut() {
        assertThat(Cron.parse("0 0 31 4,6 *").first(SUNDAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 9 * * | 7 | has 4 fields",
                "0 9 * * 1 2026 | 10 | has 6 fields",
                "60 9 * * 1 | 0 | \"60\" is no minute; 0 to 59",
                "0 9 * * FRY | 8 | \"FRY\" is no day of week; 0 to 7, or SUN to SAT",
                "0 9 L * * | 4 | \"L\" is no day of month; 1 to 31",
                "0 17-9 * * * | 2 | the range 17-9 of the hour goes backwards",
                "0 9 * * MON,,TUE | 12 | \"\" is no day of week",
                "*/0 9 * * * | 2 | \"0\" is no step of the minute; 1 to 59",
            })
    void aRefusalNamesThePlace(String text, int offset, String message) {
        WindowSyntax refused =
                catchThrowableOfType(WindowSyntax.class, () -> Cron.parse(text.strip()));

        assertThat(refused.getMessage()).contains(message.strip());
        assertThat(refused.offset()).isEqualTo(offset);
    }
}
