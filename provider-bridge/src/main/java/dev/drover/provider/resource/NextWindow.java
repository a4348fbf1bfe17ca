package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.policy.DeclarationChecks;
import dev.drover.policy.FieldProblem;
import dev.drover.policy.PolicyLanguage;
import dev.drover.policy.window.OpenTimes;
import dev.drover.policy.window.Windows;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Diagnostic;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.v1.Calendar;
import dev.drover.v1.WindowRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code next_window(rule, time)}: when the windows of a rule or a calendar are open next. */
final class NextWindow implements Function {
    private static final Type.ObjectOf RESULT =
            new Type.ObjectOf(Map.of("open", Type.BOOL, "start", Type.STRING, "end", Type.STRING));

    @Override
    public Signature signature() {
        return Signature.of(
                "When a window is open next",
                "Looks at windows as the rules of a policy do. `open` says whether they are open at that time, `start`"
                        + " from when on they are (that time itself where they are open then), and `end` until when;"
                        + " `end` is null where they stay open for ten years. The result is null where they are open at"
                        + " no time within ten years. With `mode = \"DENY\"` open means: in none of the windows.",
                List.of(
                        Parameter.of(
                                "rule",
                                Type.DYNAMIC,
                                "The `window` of a rule, or a calendar: an object with `zone` and `windows`."),
                        Parameter.of(
                                "time",
                                Type.STRING,
                                "From when on, for example `2030-01-31T08:00:00Z` or `plantimestamp()`.")),
                RESULT);
    }

    @Override
    public Value call(List<Value> arguments) {
        OpenTimes open = open(arguments.get(0));
        Instant time = time(((Value.Text) arguments.get(1)).text());
        Optional<Instant> start = open.nextOpen(time);
        return start.<Value>map(from ->
                        new Value.Entries(
                                Map.of(
                                        "open", Value.bool(from.equals(time)),
                                        "start", Value.text(from.toString()),
                                        "end",
                                                open.nextClose(from)
                                                        .<Value>map(
                                                                end -> Value.text(end.toString()))
                                                        .orElse(Absent.NULL))))
                .orElse(Absent.NULL);
    }

    private static OpenTimes open(Value argument) {
        Value inner = argument instanceof Value.Typed typed ? typed.value() : argument;
        if (!(inner instanceof Value.Entries object)) {
            throw new ArgumentException(
                    0,
                    "must be an object, as { zone = \"Europe/Berlin\", windows = [{ cron = \"0 9 * * MON-FRI\","
                            + " duration = \"8h\" }] }");
        }
        misspelled(object);
        WindowRule rule = rule(object);
        if (rule.getCalendarsCount() > 0) {
            throw new ArgumentException(
                    0,
                    "names calendars, which a function cannot look up: pass the calendar itself, or read"
                            + " drover_effective_windows");
        }
        Calendar calendar =
                Calendar.newBuilder()
                        .setZone(rule.getZone())
                        .addAllWindows(rule.getWindowsList())
                        .build();
        List<FieldProblem> problems = new DeclarationChecks(new PolicyLanguage()).check(calendar);
        if (!problems.isEmpty()) {
            throw new ArgumentException(
                    0,
                    problems.stream()
                            .map(problem -> problem.path() + ": " + problem.description())
                            .collect(Collectors.joining("\n")));
        }
        WindowRule.Mode mode =
                rule.getMode() == WindowRule.Mode.DENY
                        ? WindowRule.Mode.DENY
                        : WindowRule.Mode.ALLOW;
        return Windows.open(mode, Windows.of(rule, List.of()));
    }

    private static WindowRule rule(Value.Entries object) {
        Declaration declaration = new Declaration(WindowRule.getDescriptor(), object);
        if (!declaration.problems().isEmpty()) {
            throw new ArgumentException(
                    0,
                    declaration.problems().stream()
                            .map(Diagnostic::detail)
                            .collect(Collectors.joining("\n")));
        }
        try {
            return WindowRule.parseFrom(declaration.message().toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not the message that its descriptor says", e);
        }
    }

    /** Whole calendars may be passed as they are; anything else is a slip of the pen. */
    private static void misspelled(Value.Entries object) {
        Set<String> known = new TreeSet<>(Set.of("id"));
        for (var type : List.of(WindowRule.getDescriptor(), Calendar.getDescriptor())) {
            type.getFields().stream().map(FieldDescriptor::getName).forEach(known::add);
        }
        List<String> others = new ArrayList<>(object.values().keySet());
        others.removeAll(known);
        if (!others.isEmpty()) {
            throw new ArgumentException(
                    0, "has no attribute \"" + others.getFirst() + "\"; it takes zone and windows");
        }
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ArgumentException(
                    1, "\"" + text + "\" is no time; write one like 2030-01-31T08:00:00Z");
        }
    }
}
