package dev.drover.cli;

import dev.drover.v1.Decision;
import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.FieldChange;
import dev.drover.v1.GroupHealth;
import dev.drover.v1.JobPlan;
import dev.drover.v1.Phase;
import dev.drover.v1.PlacementFailure;
import dev.drover.v1.Plan;
import dev.drover.v1.Promotion;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Promotions, plans and decisions as people read them. */
final class PromotionText {
    private static final int FIELD_CHANGES_SHOWN = 40;

    private final PrintWriter out;

    PromotionText(Output output) {
        this.out = output.progress();
    }

    void say(String line) {
        out.println(line);
        out.flush();
    }

    /** One phase in one line. */
    String phase(Phase phase) {
        StringBuilder line =
                new StringBuilder("job ")
                        .append(phase.getJob())
                        .append(": ")
                        .append(phase.getState());
        if (phase.getJobModifyIndex() > 0) {
            line.append(", version ").append(phase.getJobVersion());
        }
        new TreeMap<>(phase.getGroupsMap())
                .forEach((group, health) -> line.append("; ").append(health(group, health)));
        return phase.getMessage().isEmpty()
                ? line.toString()
                : line.append(" - ").append(phase.getMessage()).toString();
    }

    private static String health(String group, GroupHealth health) {
        String canaries =
                health.getDesiredCanaries() == 0 || health.getPromoted()
                        ? ""
                        : ", canaries "
                                + health.getHealthyCanaries()
                                + "/"
                                + health.getDesiredCanaries();
        return group
                + " healthy "
                + health.getHealthy()
                + "/"
                + health.getDesired()
                + canaries
                + (health.getUnhealthy() == 0 ? "" : ", unhealthy " + health.getUnhealthy());
    }

    /** What would happen: counts, changes, digest, gates. */
    void plan(Promotion promotion) {
        plan(promotion.getPlan());
        decision(promotion.getDecision());
    }

    void plan(Plan plan) {
        for (JobPlan job : plan.getJobsList()) {
            say(
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
                    .forEach(change -> say("    " + change(change)));
            if (changed && job.getFieldChangesCount() > FIELD_CHANGES_SHOWN) {
                say(
                        "    ... and "
                                + (job.getFieldChangesCount() - FIELD_CHANGES_SHOWN)
                                + " more (--output json)");
            }
            job.getBaselineChangesList().forEach(line -> say("    baseline: " + line));
            for (PlacementFailure failure : job.getPlacementFailuresList()) {
                say("    cannot be placed now: " + failure.getMessage());
            }
            if (!job.getWarnings().isEmpty()) {
                say("    Nomad warns: " + job.getWarnings().strip().replace("\n", "\n      "));
            }
        }
        plan.getStepsList().forEach(step -> say("  step: " + step));
        if (!plan.getDigest().isEmpty()) {
            say("  plan digest " + plan.getDigest());
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

    /** Every rule with its verdict; those that say no with values and who can unblock them. */
    void decision(Decision decision) {
        for (RuleVerdict rule : decision.getRulesList()) {
            boolean allowed = rule.getVerdict() == Verdict.ALLOW;
            String weak =
                    rule.getEnforcement().isEmpty() || rule.getEnforcement().equals("ENFORCE")
                            ? ""
                            : " (" + rule.getEnforcement().toLowerCase(Locale.ROOT) + " only)";
            say(
                    "  "
                            + String.format(Locale.ROOT, "%-7s", rule.getVerdict())
                            + " "
                            + rule.getRule()
                            + weak
                            + (rule.getMessage().isEmpty() ? "" : ": " + rule.getMessage()));
            if (!allowed) {
                new TreeMap<>(rule.getValuesMap())
                        .forEach((part, value) -> say("            " + part + " is " + value));
                if (rule.getUnblockedByCount() > 0) {
                    say(
                            "            can be unblocked by "
                                    + String.join(", ", rule.getUnblockedByList()));
                }
            }
        }
        if (decision.hasNextEligibleTime()) {
            say(
                    "  may be eligible from "
                            + com.google.protobuf.util.Timestamps.toString(
                                    decision.getNextEligibleTime()));
        }
    }

    /** The last words of a monitor: what came of it and what to do next. */
    void outcome(Promotion promotion) {
        String id = Names.id(promotion.getName());
        switch (promotion.getState()) {
            case PENDING_APPROVAL -> {
                plan(promotion);
                say(
                        "==> waits for approval: drover approve "
                                + id
                                + " --digest "
                                + promotion.getPlan().getDigest());
            }
            case BLOCKED -> {
                decision(promotion.getDecision());
                say("==> blocked: " + promotion.getStateMessage());
            }
            case SUCCEEDED ->
                    say(
                            "==> succeeded: "
                                    + Names.shortRelease(promotion.getRelease())
                                    + " runs in "
                                    + Names.id(promotion.getEnvironment()));
            case ROLLED_BACK -> say("==> rolled back: " + promotion.getStateMessage());
            case FAILED ->
                    say(
                            "==> failed ("
                                    + promotion.getFailureCause()
                                    + "): "
                                    + promotion.getStateMessage());
            case REJECTED, CANCELLED, SUPERSEDED, EXPIRED ->
                    say(
                            "==> "
                                    + promotion.getState().name().toLowerCase(Locale.ROOT)
                                    + ": "
                                    + promotion.getStateMessage());
            default -> say("==> waits for somebody to go on: drover advance " + id);
        }
    }
}
