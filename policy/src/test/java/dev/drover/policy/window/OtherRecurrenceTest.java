package dev.drover.policy.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random rules mean the same here as to a well-known library, which does not say where a rule is
 * wrong.
 */
class OtherRecurrenceTest {
    private static final int RULES = 500;
    private static final int COMPARED = 60;
    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 1, 9, 30);
    private static final String[] DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

    @ParameterizedTest
    @ValueSource(strings = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
    void randomRulesComeOutAsElsewhere(String frequency) throws InvalidRecurrenceRuleException {
        Random random = new Random(frequency.hashCode());
        int compared = 0;
        for (int i = 0; i < RULES; i++) {
            String rule = rule(frequency, random);
            LocalDateTime from = FIRST.plusDays(random.nextInt(800));
            List<LocalDateTime> ours =
                    RecurrenceRule.parse(rule, from, ZoneOffset.UTC)
                            .between(from, from.plusYears(12))
                            .limit(1)
                            .toList();
            if (ours.isEmpty()) {
                continue;
            }
            // A start that the rule itself does not name is taken for an occurrence elsewhere.
            LocalDateTime start = ours.getFirst();
            LocalDateTime end = start.plusYears(6);
            assertThat(
                            RecurrenceRule.parse(rule, start, ZoneOffset.UTC)
                                    .between(start, end)
                                    .limit(COMPARED))
                    .as("%s from %s", rule, start)
                    .containsExactlyElementsOf(elsewhere(rule, start, end));
            compared++;
        }
        assertThat(compared).isGreaterThan(RULES / 2);
    }

    private static List<LocalDateTime> elsewhere(
            String rule, LocalDateTime start, LocalDateTime end)
            throws InvalidRecurrenceRuleException {
        RecurrenceRuleIterator next =
                new org.dmfs.rfc5545.recur.RecurrenceRule(rule, RfcMode.RFC5545_STRICT)
                        .iterator(
                                new DateTime(
                                        start.getYear(),
                                        start.getMonthValue() - 1,
                                        start.getDayOfMonth(),
                                        start.getHour(),
                                        start.getMinute(),
                                        start.getSecond()));
        List<LocalDateTime> times = new ArrayList<>();
        while (next.hasNext() && times.size() < COMPARED) {
            DateTime time = next.nextDateTime();
            LocalDateTime local =
                    LocalDateTime.of(
                            time.getYear(),
                            time.getMonth() + 1,
                            time.getDayOfMonth(),
                            time.getHours(),
                            time.getMinutes(),
                            time.getSeconds());
            if (!local.isBefore(end)) {
                break;
            }
            times.add(local);
        }
        return times;
    }

    private static String rule(String frequency, Random random) {
        StringBuilder rule = new StringBuilder("FREQ=").append(frequency);
        maybe(rule, random, "INTERVAL", () -> Integer.toString(1 + random.nextInt(4)));
        maybe(rule, random, "BYMONTH", () -> numbers(random, 1, 12));
        // In a year RFC 5545 takes these days of all months, the other library those of the
        // start's.
        if (frequency.equals("DAILY") || frequency.equals("MONTHLY")) {
            maybe(rule, random, "BYMONTHDAY", () -> numbers(random, 1, 28));
        }
        maybe(rule, random, "BYDAY", () -> days(random));
        maybe(rule, random, "BYHOUR", () -> numbers(random, 0, 23));
        maybe(rule, random, "COUNT", () -> Integer.toString(1 + random.nextInt(30)));
        return rule.toString();
    }

    private static void maybe(
            StringBuilder rule, Random random, String part, Supplier<String> value) {
        if (random.nextInt(3) == 0) {
            rule.append(';').append(part).append('=').append(value.get());
        }
    }

    private static String numbers(Random random, int least, int most) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .map(i -> least + random.nextInt(most - least + 1))
                .sorted()
                .distinct()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
    }

    private static String days(Random random) {
        return IntStream.range(0, 1 + random.nextInt(3))
                .map(i -> random.nextInt(DAYS.length))
                .sorted()
                .distinct()
                .mapToObj(day -> DAYS[day])
                .collect(Collectors.joining(","));
    }
}
