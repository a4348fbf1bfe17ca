package dev.drover.policy.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceRuleTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** From the examples of RFC 5545, section 3.8.5.3; those by the hour and minute left out. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY;COUNT=10 | 1997-09-02T09:00 | 09-02 09-03 09-04 09-05 09-06 09-07 09-08 09-09 09-10 09-11",
                "FREQ=DAILY;INTERVAL=10;COUNT=5 | 1997-09-02T09:00 | 09-02 09-12 09-22 10-02 10-12",
                "FREQ=WEEKLY;COUNT=4 | 1997-09-02T09:00 | 09-02 09-09 09-16 09-23",
                "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4 | 1997-09-02T09:00 | 09-02 09-16 09-30 10-14",
                "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH | 1997-09-02T09:00 | 09-02 09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02",
                "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH | 1997-09-02T09:00 | 09-02 09-04 09-09 09-11 09-16 09-18 09-23 09-25 09-30 10-02",
                "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH | 1997-09-02T09:00 | 09-02 09-04 09-16 09-18 09-30 10-02 10-14 10-16",
                "FREQ=MONTHLY;COUNT=4;BYDAY=1FR | 1997-09-05T09:00 | 09-05 10-03 11-07 12-05",
                "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU | 1997-09-07T09:00 | 09-07 09-28 11-02 11-30",
                "FREQ=MONTHLY;COUNT=3;BYDAY=-2MO | 1997-09-22T09:00 | 09-22 10-20 11-17",
                "FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4 | 1997-09-28T09:00 | 09-28 10-29 11-28 12-29",
                "FREQ=MONTHLY;COUNT=7;BYMONTHDAY=2,15 | 1997-09-02T09:00 | 09-02 09-15 10-02 10-15 11-02 11-15 12-02",
                "FREQ=MONTHLY;COUNT=7;BYMONTHDAY=1,-1 | 1997-09-30T09:00 | 09-30 10-01 10-31 11-01 11-30 12-01 12-31",
                "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3 | 1997-09-04T09:00 | 09-04 10-07 11-06",
                "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=4 | 1997-09-29T09:00 | 09-29 10-30 11-27 12-30",
                "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2 | 1998-01-02T09:00 | 02-13 03-13",
                "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=4 | 1997-09-13T09:00 | 09-13 10-11 11-08 12-13",
                "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5 | 2007-01-15T09:00 | 01-15 01-30 02-15 03-15 03-30",
            })
    void examplesOfTheStandardComeOutAsItSays(String rule, LocalDateTime start, String days) {
        RecurrenceRule read = RecurrenceRule.parse(rule.strip(), start, NEW_YORK);

        assertThat(read.between(start, start.plusYears(1)))
                .extracting(
                        time -> "%02d-%02d".formatted(time.getMonthValue(), time.getDayOfMonth()))
                .containsExactly(days.strip().split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=YEARLY;COUNT=4;BYMONTH=6,7 | 1997-06-10T09:00 | 1997-06-10 1997-07-10 1998-06-10 1998-07-10",
                "FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3 | 1997-03-10T09:00 | 1997-03-10 1999-01-10 1999-02-10 1999-03-10",
                "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200 | 1997-01-01T09:00 | 1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01",
                "FREQ=YEARLY;BYDAY=20MO;COUNT=3 | 1997-05-19T09:00 | 1997-05-19 1998-05-18 1999-05-17",
                "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3 | 1997-05-12T09:00 | 1997-05-12 1998-05-11 1999-05-17",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=5 | 1997-03-13T09:00 | 1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12",
                "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3 | 1996-11-05T09:00 | 1996-11-05 2000-11-07 2004-11-02",
                "FREQ=DAILY;BYMONTH=1;UNTIL=19980103T140000Z | 1998-01-01T09:00 | 1998-01-01 1998-01-02 1998-01-03",
                "FREQ=YEARLY;UNTIL=20281225 | 2026-12-25T00:00 | 2026-12-25 2027-12-25 2028-12-25",
                "FREQ=YEARLY;COUNT=3 | 2024-02-29T00:00 | 2024-02-29 2028-02-29 2032-02-29",
            })
    void examplesByTheYearComeOutAsTheStandardSays(String rule, LocalDateTime start, String days) {
        RecurrenceRule read = RecurrenceRule.parse(rule.strip(), start, NEW_YORK);

        assertThat(read.between(start, start.plusYears(20)))
                .extracting(time -> time.toLocalDate().toString())
                .containsExactly(days.strip().split(" "));
    }

    @Test
    void timesOfADayMultiply() {
        LocalDateTime start = LocalDateTime.parse("2026-11-23T08:15");
        RecurrenceRule rule =
                RecurrenceRule.parse("FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30", start, NEW_YORK);

        assertThat(rule.between(start, start.plusDays(1)))
                .extracting(time -> time.toLocalTime().toString())
                .containsExactly("09:00", "09:30", "17:00", "17:30");
    }

    @Test
    void aStartThatDoesNotMeetTheRuleIsNoBeginning() {
        LocalDateTime sunday = LocalDateTime.parse("2026-11-22T09:00");

        assertThat(RecurrenceRule.parse("FREQ=WEEKLY;BYDAY=MO", sunday, NEW_YORK).first(sunday))
                .contains(sunday.plusDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;UNTIL=20200101",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=4;COUNT=10",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    })
    void aRuleThatNeverFiresIsFoundOut(String text) {
        LocalDateTime start = LocalDateTime.parse("2026-11-22T09:00");

        assertThat(RecurrenceRule.parse(text, start, NEW_YORK).first(start)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=WEEKLY;BYDAY=MO,TUE | 21 | \"TUE\" is no day",
                "FREQ=WEEKLY;BYDAY=1MO | 18 | \"1MO\" counts days of a month",
                "FREQ=HOURLY | 5 | \"HOURLY\" is no frequency",
                "INTERVAL=2 | 0 | has no FREQ",
                "FREQ=DAILY;INTERVAL=0 | 20 | \"0\" is no value of INTERVAL; 1 to 1000",
                "FREQ=DAILY;BYHOUR=9,24 | 20 | \"24\" is no value of BYHOUR; 0 to 23",
                "FREQ=DAILY;BYHOUR=9,9 | 20 | 9 is there twice",
                "FREQ=DAILY;BYHUOR=9 | 11 | \"BYHUOR\" is no part",
                "FREQ=DAILY;BYSECOND=9 | 11 | BYSECOND is not known",
                "FREQ=DAILY;FREQ=DAILY | 11 | FREQ is there twice",
                "FREQ=DAILY; | 11 | has an empty part",
                "FREQ=DAILY;BYHOUR | 17 | BYHOUR has no value",
                "FREQ=DAILY;COUNT=3;UNTIL=20270101 | 11 | COUNT and UNTIL exclude each other",
                "FREQ=DAILY;UNTIL=2027-01-01 | 17 | \"2027-01-01\" is no time",
                "FREQ=DAILY;UNTIL=20270231 | 17 | \"20270231\" is no time",
                "FREQ=WEEKLY;BYMONTHDAY=1 | 12 | BYMONTHDAY has no meaning with FREQ=WEEKLY",
                "FREQ=DAILY;BYSETPOS=1 | 11 | BYSETPOS needs another BY part",
                "FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO | 29 | which FREQ=YEARLY with BYWEEKNO has not",
                "RRULE:FREQ=DAILY | 0 | write the rule alone",
            })
    void aRefusalNamesThePlace(String text, int offset, String message) {
        WindowSyntax refused =
                catchThrowableOfType(
                        WindowSyntax.class,
                        () ->
                                RecurrenceRule.parse(
                                        text.strip(),
                                        LocalDateTime.parse("2026-11-22T09:00"),
                                        NEW_YORK));

        assertThat(refused.getMessage()).contains(message.strip());
        assertThat(refused.offset()).isEqualTo(offset);
    }

    @Test
    void yearsSinceTheStartCostNothing() {
        LocalDateTime start = LocalDateTime.parse("1900-01-01T09:00");
        RecurrenceRule rule = RecurrenceRule.parse("FREQ=WEEKLY;INTERVAL=3", start, NEW_YORK);
        LocalDateTime now = LocalDateTime.parse("2026-11-22T09:00");

        List<LocalDateTime> next = rule.between(now, now.plusWeeks(3)).toList();

        assertThat(next).hasSize(1);
        assertThat(java.time.temporal.ChronoUnit.DAYS.between(start, next.getFirst()) % 21)
                .isZero();
    }
}
