package dev.drover.policy;

import dev.drover.policy.window.WindowSyntax;
import dev.drover.policy.window.Windows;
import dev.drover.v1.Calendar;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Window;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What windows must meet beyond the annotations of their fields. */
final class WindowChecks {

    private static final int WINDOWS_MAX = 200;
    private static final int ZONE_MAX = 64;

    private WindowChecks() {}

    static List<FieldProblem> check(Calendar calendar) {
        List<FieldProblem> problems = new ArrayList<>();
        zone("zone", calendar.getZone(), problems);
        windows("", calendar.getWindowsList(), calendar.getZone(), problems);
        return problems;
    }

    static List<FieldProblem> check(String path, WindowRule rule, Enforcement enforcement) {
        List<FieldProblem> problems = new ArrayList<>();
        if (rule.getWindowsCount() == 0 && rule.getCalendarsCount() == 0) {
            problems.add(
                    FieldProblem.of(path, "needs windows, calendars or both")
                            .beside(List.of(path + ".windows", path + ".calendars")));
        }
        if (rule.getWindowsCount() > 0 && rule.getZone().isEmpty()) {
            problems.add(
                    FieldProblem.of(
                                    path + ".zone",
                                    "is required where there are windows: by which clocks, as Europe/Berlin")
                            .beside(List.of(path + ".windows")));
        }
        zone(path + ".zone", rule.getZone(), problems);
        if (rule.getAtClose() == WindowRule.AtClose.HALT
                && !(enforcement == Enforcement.ENFORCE
                        || enforcement == Enforcement.ENFORCEMENT_UNSPECIFIED)) {
            problems.add(
                    FieldProblem.of(
                            path + ".at_close",
                            "HALT needs a rule that is enforced; one that is only shown or recorded halts nothing"));
        }
        windows(path + ".", rule.getWindowsList(), rule.getZone(), problems);
        return problems;
    }

    private static void windows(
            String prefix, List<Window> windows, String zone, List<FieldProblem> problems) {
        if (windows.size() > WINDOWS_MAX) {
            problems.add(
                    FieldProblem.of(
                            prefix + "windows",
                            "are %d; at most %d".formatted(windows.size(), WINDOWS_MAX)));
            return;
        }
        ZoneId clocks = known(zone).orElse(ZoneOffset.UTC);
        for (int i = 0; i < windows.size(); i++) {
            String path = prefix + "windows[" + i + "]";
            try {
                Windows.read(windows.get(i), clocks);
            } catch (WindowSyntax wrong) {
                problems.add(problem(path, windows.get(i), wrong).beside(fields(path, prefix)));
            }
        }
    }

    /** What the parts of a window say, they say together. */
    private static List<String> fields(String path, String prefix) {
        List<String> fields = new ArrayList<>();
        fields.add(prefix + "zone");
        Window.getDescriptor()
                .getFields()
                .forEach(field -> fields.add(path + "." + field.getName()));
        return fields;
    }

    private static FieldProblem problem(String path, Window window, WindowSyntax wrong) {
        if (wrong.field().isEmpty()) {
            return FieldProblem.of(path, wrong.problem());
        }
        String field = path + "." + wrong.field();
        if (wrong.offset() < 0) {
            return FieldProblem.of(field, wrong.problem());
        }
        String text = wrong.field().equals("cron") ? window.getCron() : window.getRrule();
        SourceText source = SourceText.of(text);
        return FieldProblem.of(
                field,
                ExpressionProblem.at(source, source.position(wrong.offset()), wrong.problem()));
    }

    private static void zone(String path, String zone, List<FieldProblem> problems) {
        if (!zone.isEmpty() && known(zone).isEmpty()) {
            problems.add(
                    FieldProblem.of(
                            path,
                            ValueText.quoted(zone)
                                    + " is no zone of the IANA database"
                                    + nearest(zone)));
        }
    }

    private static String nearest(String zone) {
        return zone.length() > ZONE_MAX
                ? ""
                : NearestName.of(zone, ZoneId.getAvailableZoneIds())
                        .map(name -> "; did you mean \"" + name + "\"?")
                        .orElse(", as Europe/Berlin is one");
    }

    /** Regions only: an offset like +01:00 knows no summer. */
    private static Optional<ZoneId> known(String zone) {
        try {
            return ZoneId.getAvailableZoneIds().contains(zone)
                    ? Optional.of(ZoneId.of(zone))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
