package dev.drover.cli;

import com.google.protobuf.Timestamp;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.GroupCount;
import dev.drover.v1.Promotion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What runs in one environment as somebody says it: the release, and what was done to it since. */
final class ReleaseText {
    private ReleaseText() {}

    /** In a cell of a table: what runs, and what is going on or went wrong since. */
    static String cell(EnvironmentState state) {
        String runs = state.getRelease().isEmpty() ? "-" : Names.id(state.getRelease());
        if (!state.getStoppedBy().isEmpty()) {
            runs += " STOPPED";
        }
        List<String> notes = new ArrayList<>();
        if (!state.getActivePromotion().isEmpty()) {
            long waiting =
                    state.getWaitingPromotionsList().stream()
                            .filter(one -> !one.equals(state.getActivePromotion()))
                            .count();
            notes.add(Names.id(state.getActivePromotion()) + " " + state.getActiveState());
            if (waiting > 0) {
                notes.add(waiting + " waiting");
            }
        } else if (state.getCondition() == EnvironmentState.Condition.ROLLBACK_FAILED) {
            notes.add("ROLLBACK FAILED: " + Names.id(state.getLastPromotion()));
        } else if (!state.getLastPromotion().isEmpty()
                && state.getLastState() != Promotion.State.SUCCEEDED) {
            notes.add(
                    "last: %s %s"
                            .formatted(Names.id(state.getLastPromotion()), state.getLastState()));
        }
        if (!state.getScaledBy().isEmpty()) {
            notes.add("scaled to " + counts(state));
        }
        if (state.getSuspensionsCount() > 0) {
            notes.add("SUSPENDED");
        }
        return notes.isEmpty() ? runs : runs + " (" + String.join(", ", notes) + ")";
    }

    /** In sentences: who brought it, and what was done to it since. */
    static String brought(EnvironmentState state) {
        if (state.getRelease().isEmpty()) {
            return "No release succeeded here yet";
        }
        StringBuilder text =
                new StringBuilder(
                        "Release %s, brought by %s%s"
                                .formatted(
                                        Names.id(state.getRelease()),
                                        Names.id(state.getPromotion()),
                                        at(state.getUpdateTime())));
        if (!state.getScaledBy().isEmpty()) {
            text.append(
                    ", scaled to %s by %s".formatted(counts(state), Names.id(state.getScaledBy())));
        }
        if (!state.getRestartedBy().isEmpty()) {
            text.append(
                    ", restarted by %s%s"
                            .formatted(
                                    Names.id(state.getRestartedBy()), at(state.getRestartTime())));
        }
        if (!state.getStoppedBy().isEmpty()) {
            text.append(", stopped by ").append(Names.id(state.getStoppedBy()));
        }
        return text.toString();
    }

    private static String at(Timestamp time) {
        return " at " + Times.text(time);
    }

    private static String counts(EnvironmentState state) {
        return state.getGroupCountsList().stream()
                .map(ReleaseText::count)
                .collect(Collectors.joining(" "));
    }

    private static String count(GroupCount one) {
        return "%s.%s=%d".formatted(one.getJob(), one.getGroup(), one.getCount());
    }
}
