package dev.drover.policy.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    /**
     * Both nights of Berlin, Lord Howe with its half hour, and São Paulo, which changed at
     * midnight.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Europe/Berlin | 2026-03-29T02:30 | PT1H | 2026-03-29T01:00:00Z/2026-03-29T01:30:00Z",
                "Europe/Berlin | 2026-03-29T02:10 | PT20M | never",
                "Europe/Berlin | 2026-03-29T01:30 | PT1H | 2026-03-29T00:30:00Z/2026-03-29T01:00:00Z",
                "Europe/Berlin | 2026-03-28T22:00 | PT8H | 2026-03-28T21:00:00Z/2026-03-29T04:00:00Z",
                "Europe/Berlin | 2026-10-25T02:15 | PT30M | 2026-10-25T00:15:00Z/2026-10-25T01:45:00Z",
                "Europe/Berlin | 2026-10-25T01:30 | PT30M | 2026-10-24T23:30:00Z/2026-10-25T00:00:00Z",
                "Europe/Berlin | 2026-10-25T02:00 | PT1H | 2026-10-25T00:00:00Z/2026-10-25T02:00:00Z",
                "Europe/Berlin | 2026-10-25T03:00 | PT1H | 2026-10-25T02:00:00Z/2026-10-25T03:00:00Z",
                "Australia/Lord_Howe | 2026-10-04T02:10 | PT1H | 2026-10-03T15:30:00Z/2026-10-03T16:10:00Z",
                "Australia/Lord_Howe | 2026-04-05T01:40 | PT10M | 2026-04-04T14:40:00Z/2026-04-04T15:20:00Z",
                "America/Sao_Paulo | 2018-11-04T00:00 | PT2H | 2018-11-04T03:00:00Z/2018-11-04T04:00:00Z",
                "America/Sao_Paulo | 2018-02-17T23:00 | PT1H | 2018-02-18T01:00:00Z/2018-02-18T03:00:00Z",
                "Pacific/Apia | 2011-12-30T09:00 | PT8H | never",
            })
    void aWindowIsOpenFromTheFirstToTheLastTimeThatTheClockShowsIt(
            String zone, LocalDateTime start, Duration duration, String open) {
        Schedule once = new Schedule.Once(start, start.plus(duration), ZoneId.of(zone.strip()));

        assertThat(once.touching(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z")))
                .extracting(window -> window.start() + "/" + window.end())
                .isEqualTo(open.strip().equals("never") ? List.of() : List.of(open.strip()));
    }

    @Test
    void aLongWindowIsFoundFromItsEnd() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        LocalDateTime start = LocalDateTime.parse("2020-12-18T18:00");
        Schedule freeze =
                new Schedule.Recurring(
                        RecurrenceRule.parse("FREQ=YEARLY", start, zone),
                        start,
                        Duration.ofDays(20),
                        zone);
        OpenTimes open = new OpenTimes.Outside(List.of(freeze));

        assertThat(open.openAt(Instant.parse("2027-01-07T16:59:59Z"))).isFalse();
        assertThat(open.nextOpen(Instant.parse("2026-12-24T00:00:00Z")))
                .contains(Instant.parse("2027-01-07T17:00:00Z"));
        assertThat(open.nextClose(Instant.parse("2027-01-07T17:00:00Z")))
                .contains(Instant.parse("2027-12-18T17:00:00Z"));
    }

    @Test
    void whatIsAlwaysOrNeverOpenSaysSo() {
        OpenTimes always = new OpenTimes.All(List.of());
        OpenTimes never = new OpenTimes.Within(List.of());
        Instant now = Instant.parse("2026-11-22T00:00:00Z");

        assertThat(always.openAt(now)).isTrue();
        assertThat(always.nextClose(now)).isEmpty();
        assertThat(never.nextOpen(now)).isEmpty();
        assertThat(never.nextClose(now)).contains(now);
    }
}
