package dev.drover.policy.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ten years in odd zones against {@link Minutes}, which looks at every minute. */
class OpenTimesPropertyTest {

    private static final int YEARS = 10;
    private static final int RULES = 24;

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,2020-01-01,1",
        "Europe/Berlin,2020-01-01,2",
        "America/Sao_Paulo,2011-01-01,3",
        "America/Sao_Paulo,2011-01-01,4",
        "Australia/Lord_Howe,2020-01-01,5",
        "Australia/Lord_Howe,2020-01-01,6",
    })
    void everyMinuteOfTenYearsIsAsTheClockOnTheWallSays(String zone, LocalDate from, long seed) {
        Minutes minutes = new Minutes(ZoneId.of(zone), from, from.plusYears(YEARS));
        SplittableRandom random = new SplittableRandom(seed);
        List<OpenTimes> parts = new ArrayList<>();
        BitSet all = new BitSet();
        all.set(0, minutes.count());
        for (int i = 0; i < RULES; i++) {
            SlowRule slow = SlowRule.random(random, from);
            Duration duration = SlowRule.duration(random);
            BitSet open = minutes.open(slow, duration);
            Schedule schedule =
                    new Schedule.Recurring(
                            RecurrenceRule.parse(slow.text(), slow.start(), minutes.zone()),
                            slow.start(),
                            duration,
                            minutes.zone());
            boolean deny = i % 3 == 2;
            if (deny) {
                open.flip(0, minutes.count());
            }
            OpenTimes part =
                    deny
                            ? new OpenTimes.Outside(List.of(schedule))
                            : new OpenTimes.Within(List.of(schedule));
            String what =
                    "seed %d rule %d: %s from %s for %s"
                            .formatted(seed, i, slow.text(), slow.start(), duration);
            assertThat(minutes.of(part)).as(what).isEqualTo(open);
            moments(minutes, part, open, random, what);
            if (deny || (i % 3 == 0 && open.cardinality() > minutes.count() / 8)) {
                parts.add(part);
                all.and(open);
            }
        }
        assertThat(minutes.of(new OpenTimes.All(parts))).isEqualTo(all);
        moments(minutes, new OpenTimes.All(parts), all, random, "all together, seed " + seed);
    }

    private static void moments(
            Minutes minutes, OpenTimes times, BitSet open, SplittableRandom random, String what) {
        for (int i = 0; i < 40; i++) {
            // The last year is left for what is looked for.
            int minute = random.nextInt(minutes.count() * (YEARS - 1) / YEARS);
            Instant moment = minutes.instant(minute);
            assertThat(times.openAt(moment)).as(what + " at " + moment).isEqualTo(open.get(minute));
            int next = open.nextSetBit(minute);
            Optional<Instant> opening = times.nextOpen(moment);
            if (next >= 0) {
                assertThat(opening).as(what + " from " + moment).contains(minutes.instant(next));
            } else {
                assertThat(opening.filter(minutes.instant(minutes.count())::isAfter))
                        .as(what + " from " + moment)
                        .isEmpty();
            }
            int closed = open.nextClearBit(minute);
            if (closed < minutes.count()) {
                assertThat(times.nextClose(moment))
                        .as(what + " from " + moment)
                        .contains(minutes.instant(closed));
            }
        }
    }

    /** What the clock on the wall shows, minute by minute. */
    private static final class Minutes {
        private static final int MARGIN_DAYS = 400;
        private final ZoneId zone;
        private final Instant begin;
        private final int count;
        private final LocalDateTime localBegin;
        private final int[] first;
        private final int[] last;

        Minutes(ZoneId zone, LocalDate from, LocalDate to) {
            this.zone = zone;
            this.begin = from.atStartOfDay(zone).toInstant();
            this.count = (int) ChronoUnit.MINUTES.between(begin, to.atStartOfDay(zone).toInstant());
            this.localBegin = from.minusDays(1).atStartOfDay();
            int wall = (int) ChronoUnit.MINUTES.between(localBegin, to.plusDays(2).atStartOfDay());
            this.first = new int[wall];
            this.last = new int[wall];
            java.util.Arrays.fill(first, -1);
            java.util.Arrays.fill(last, -1);
            for (int minute = 0; minute < count; minute++) {
                Instant now = instant(minute);
                long local =
                        now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
                int shown = (int) (local - localBegin.toEpochSecond(java.time.ZoneOffset.UTC)) / 60;
                if (first[shown] < 0) {
                    first[shown] = minute;
                }
                last[shown] = minute;
            }
        }

        ZoneId zone() {
            return zone;
        }

        int count() {
            return count;
        }

        Instant instant(int minute) {
            return begin.plusSeconds(60L * minute);
        }

        /** From the first to the last minute of each window, as the wall shows it. */
        BitSet open(SlowRule rule, Duration duration) {
            BitSet open = new BitSet(count);
            LocalDate end = localBegin.toLocalDate().plusDays(first.length / 1440);
            for (LocalDate day = localBegin.toLocalDate().minusDays(MARGIN_DAYS);
                    day.isBefore(end);
                    day = day.plusDays(1)) {
                if (!day.isBefore(rule.start().toLocalDate()) && rule.on(day)) {
                    LocalDateTime start = day.atTime(rule.start().toLocalTime());
                    fill(open, (int) ChronoUnit.MINUTES.between(localBegin, start), duration);
                }
            }
            return open;
        }

        private void fill(BitSet open, int start, Duration duration) {
            int from = Integer.MAX_VALUE;
            int to = -1;
            for (int shown = Math.max(0, start);
                    shown < Math.min(first.length, start + duration.toMinutes());
                    shown++) {
                if (first[shown] >= 0) {
                    from = Math.min(from, first[shown]);
                    to = Math.max(to, last[shown]);
                }
            }
            if (to >= 0) {
                open.set(from, to + 1);
            }
        }

        BitSet of(OpenTimes times) {
            BitSet open = new BitSet(count);
            for (Interval part : times.between(begin, instant(count))) {
                open.set(
                        (int) ChronoUnit.MINUTES.between(begin, part.start()),
                        (int) ChronoUnit.MINUTES.between(begin, part.end()));
            }
            return open;
        }
    }
}
