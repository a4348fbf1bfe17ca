package dev.drover.cli;

import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import dev.drover.v1.PlacementFailure;
import dev.drover.v1.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What would happen, as people read it: counts, changes, steps, digest. */
final class PlanText {
    private static final int FIELD_CHANGES_SHOWN = 40;

    private final Consumer<String> say;

    PlanText(Consumer<String> say) {
        this.say = say;
    }

    void tell(Plan plan) {
        plan.getJobsList().forEach(this::job);
        plan.getStepsList().forEach(step -> say.accept("  step: " + step));
        if (!plan.getDigest().isEmpty()) {
            say.accept("  plan digest " + plan.getDigest());
        }
    }

    private void job(JobPlan job) {
        say.accept(
                "  job "
                        + job.getJob()
                        + ": "
                        + job.getChange().name().toLowerCase(Locale.ROOT)
                        + counts(job));
        // Of a job that is created every field is new; the jobspec tells it better.
        boolean changed = job.getChange() != JobPlan.Change.CREATED;
        int shown = changed ? FIELD_CHANGES_SHOWN : 0;
        job.getFieldChangesList().stream()
                .limit(shown)
                .forEach(change -> say.accept("    " + change(change)));
        if (changed && job.getFieldChangesCount() > FIELD_CHANGES_SHOWN) {
            say.accept(
                    "    ... and "
                            + (job.getFieldChangesCount() - FIELD_CHANGES_SHOWN)
                            + " more (--output json)");
        }
        job.getBaselineChangesList().forEach(line -> say.accept("    baseline: " + line));
        for (PlacementFailure failure : job.getPlacementFailuresList()) {
            say.accept("    cannot be placed now: " + failure.getMessage());
        }
        if (!job.getWarnings().isEmpty()) {
            say.accept("    Nomad warns: " + job.getWarnings().strip().replace("\n", "\n      "));
        }
    }

    private static String counts(JobPlan job) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, DesiredUpdates> group :
                new TreeMap<>(job.getDesiredUpdatesMap()).entrySet()) {
            DesiredUpdates updates = group.getValue();
            List<String> counts = new ArrayList<>();
            count(counts, updates.getPlace(), "place");
            count(counts, updates.getCanary(), "canary");
            count(counts, updates.getDestructiveUpdate(), "replace");
            count(counts, updates.getInPlaceUpdate(), "update in place");
            count(counts, updates.getMigrate(), "migrate");
            count(counts, updates.getStop(), "stop");
            count(counts, updates.getIgnore(), "leave");
            parts.add(
                    group.getKey()
                            + " "
                            + (counts.isEmpty() ? "nothing" : String.join(", ", counts)));
        }
        return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
    }

    private static void count(List<String> counts, long number, String what) {
        if (number > 0) {
            counts.add(number + " " + what);
        }
    }

    private static String change(FieldChange change) {
        return switch (change.getType()) {
            case ADDED -> "+ " + change.getPath() + " = " + oneLine(change.getNewValue());
            case DELETED -> "- " + change.getPath() + " = " + oneLine(change.getOldValue());
            default ->
                    "~ "
                            + change.getPath()
                            + ": "
                            + oneLine(change.getOldValue())
                            + " -> "
                            + oneLine(change.getNewValue());
        };
    }

    private static String oneLine(String value) {
        String flat = value.replace("\n", "\\n");
        return '"' + (flat.length() > 100 ? flat.substring(0, 97) + "..." : flat) + '"';
    }
}
