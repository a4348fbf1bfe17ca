package dev.drover.gateway.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.policy.window.Cron;
import dev.drover.policy.window.OpenTimes;
import dev.drover.policy.window.Schedule;
import dev.drover.v1.EffectiveWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveWindowsTest {

    private static final Instant SUNDAY = Instant.parse("2026-11-22T00:00:00Z");
    private static final OpenTimes WORK =
            new OpenTimes.Within(List.of(daily("0 9 * * MON-FRI", 8)));

    private static Schedule daily(String cron, int hours) {
        return new Schedule.Recurring(
                Cron.parse(cron),
                LocalDateTime.parse("2020-01-01T00:00"),
                Duration.ofHours(hours),
                ZoneId.of("UTC"));
    }

    @Test
    void aPeriodIsCutWhereverARuleChangesItsMind() {
        OpenTimes lunch = new OpenTimes.Outside(List.of(daily("0 12 * * *", 1)));
        EffectiveWindows windows = new EffectiveWindows(Map.of("work", WORK, "lunch", lunch));

        List<EffectiveWindow> pieces =
                windows.pieces(SUNDAY.plus(Duration.ofHours(20)), SUNDAY.plus(Duration.ofDays(2)));

        assertThat(pieces)
                .extracting(piece ->
                        "%s %s %s"
                                .formatted(
                                        Instant.ofEpochSecond(piece.getEndTime().getSeconds()),
                                        piece.getOpen(),
                                        piece.getClosedByList()))
                .containsExactly(
                        "2026-11-23T09:00:00Z false [work]",
                        "2026-11-23T12:00:00Z true []",
                        "2026-11-23T13:00:00Z false [lunch]",
                        "2026-11-23T17:00:00Z true []",
                        "2026-11-24T00:00:00Z false [work]");
    }

    @Test
    void rulesThatLeaveNothingOpenAreNamed() {
        OpenTimes nights = new OpenTimes.Within(List.of(daily("0 22 * * *", 2)));
        OpenTimes always = new OpenTimes.All(List.of());

        assertThat(
                        new EffectiveWindows(Map.of("a", WORK, "b", always, "c", nights))
                                .neverOpen(SUNDAY))
                .isEqualTo(
                        "nothing may run in the ten years from 2026-11-22T00:00:00Z: a and c are never open at the same time");
        assertThat(
                        new EffectiveWindows(
                                        Map.of("a", WORK, "b", new OpenTimes.Within(List.of())))
                                .neverOpen(SUNDAY))
                .endsWith(": b does not open by itself");
        assertThat(new EffectiveWindows(Map.of("a", WORK)).neverOpen(SUNDAY)).isEmpty();
    }

    @Test
    void threeRulesOfWhichEachTwoAgreeAreNamedTogether() {
        Map<String, OpenTimes> rules =
                Map.of(
                        "a",
                                new OpenTimes.Within(
                                        List.of(daily("0 8 * * *", 2), daily("0 12 * * *", 2))),
                        "b",
                                new OpenTimes.Within(
                                        List.of(daily("0 8 * * *", 2), daily("0 16 * * *", 2))),
                        "c",
                                new OpenTimes.Within(
                                        List.of(daily("0 12 * * *", 2), daily("0 16 * * *", 2))));

        assertThat(new EffectiveWindows(rules).neverOpen(SUNDAY))
                .endsWith("these are never all open at the same time: a, b, c");
    }

    @Test
    void withoutRulesEverythingIsOpen() {
        EffectiveWindows windows = new EffectiveWindows(Map.of());

        assertThat(windows.pieces(SUNDAY, SUNDAY.plusSeconds(60)))
                .singleElement()
                .matches(EffectiveWindow::getOpen);
        assertThat(windows.neverOpen(SUNDAY)).isEmpty();
    }
}
