package dev.drover.cli;

import dev.drover.v1.Decision;
import dev.drover.v1.FailureCause;
import dev.drover.v1.GroupHealth;
import dev.drover.v1.Phase;
import dev.drover.v1.Plan;
import dev.drover.v1.Promotion;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Promotions as people read them, and what to do next. */
final class PromotionText {
    private static final Pattern COUNTS = Pattern.compile("^\\d+ of \\d+ allocations healthy(; )?");

    private final PrintWriter out;
    private final TimeLeft left;

    PromotionText(Output output) {
        this(output, new TimeLeft(new GatewayTime(System::nanoTime)));
    }

    /** With how long it still is, where the gateway says until when. */
    PromotionText(Output output, TimeLeft left) {
        this.out = output.progress();
        this.left = left;
    }

    void say(String line) {
        out.println(Shown.text(line));
        out.flush();
    }

    /** One phase in one line. */
    String phase(Phase phase) {
        StringBuilder line =
                new StringBuilder("job ")
                        .append(phase.getJob())
                        .append(", ")
                        .append(phase.getPlanned().getId())
                        .append(": ")
                        .append(phase.getState());
        if (phase.getJobModifyIndex() > 0) {
            line.append(", version ").append(phase.getJobVersion());
        }
        new TreeMap<>(phase.getGroupsMap())
                .forEach((group, health) -> line.append("; ").append(health(group, health)));
        if (!phase.getPauseNote().isEmpty()) {
            line.append(" - ").append(phase.getPauseNote());
        }
        String message = message(phase);
        return message.isEmpty() ? line.toString() : line.append(" - ").append(message).toString();
    }

    /** Why it stands there, without the counts where the groups have told them already. */
    private static String message(Phase phase) {
        return phase.getGroupsCount() == 0
                ? phase.getMessage()
                : COUNTS.matcher(phase.getMessage()).replaceFirst("");
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
        new PlanText(this::say).tell(plan);
    }

    void decision(Decision decision) {
        new DecisionText(this::say).tell(decision);
    }

    /** The state in a line; where rules stand in the way, how many: each is told by itself. */
    static String state(Promotion.State state, Decision decision, String message) {
        String rules = DecisionText.summary(decision);
        String why = rules.isEmpty() ? message : rules;
        return state + (why.isEmpty() ? "" : ": " + why);
    }

    /** The last words of a monitor: what came of it and what to do next. */
    void outcome(Promotion promotion) {
        // A full name works wherever it is pasted.
        String name = promotion.getName();
        String message = left.in(promotion.getStateMessage());
        switch (promotion.getState()) {
            case PENDING_APPROVAL -> {
                plan(promotion);
                say("==> waits for approval; whoever has read this plan approves it with");
                next("approve " + name + " --digest " + promotion.getPlan().getDigest());
            }
            case BLOCKED -> {
                decision(promotion.getDecision());
                say(
                        "==> blocked; it goes on by itself once no rule says no. See what holds it, or give it up:");
                next("explain " + name);
                next("cancel " + name + " --reason TEXT");
            }
            case SUCCEEDED ->
                    say(
                            "==> succeeded: "
                                    + Names.shortRelease(promotion.getRelease())
                                    + done(promotion.getKind())
                                    + Names.id(promotion.getEnvironment()));
            case ROLLED_BACK -> {
                say("==> rolled back: " + message);
                next("retry " + name);
            }
            case FAILED -> failed(promotion, name);
            case HELD -> {
                say(
                        "==> failed (%s) and held: %s. Nothing else goes to %s until a person decides:"
                                .formatted(
                                        promotion.getFailureCause(),
                                        message,
                                        Names.id(promotion.getEnvironment())));
                next("retry " + name);
                next("abort " + name + " --reason TEXT");
                next("cancel " + name + " --reason TEXT");
            }
            case REJECTED, CANCELLED, SUPERSEDED, EXPIRED ->
                    say(
                            "==> "
                                    + promotion.getState().name().toLowerCase(Locale.ROOT)
                                    + ": "
                                    + message);
            default -> new PersonText(this::say, left).waits(promotion);
        }
    }

    /** What is asked for, in the first line of a monitor. */
    static String asked(Promotion promotion) {
        String release = Names.shortRelease(promotion.getRelease());
        String place = Names.id(promotion.getEnvironment());
        return switch (promotion.getKind()) {
            case SCALE, RESTART, STOP ->
                    "%s %s in %s"
                            .formatted(
                                    promotion.getKind().name().toLowerCase(Locale.ROOT),
                                    release,
                                    place);
            default -> release + " to " + place;
        };
    }

    private static String done(Promotion.Kind kind) {
        return switch (kind) {
            case SCALE -> " has its new counts in ";
            case RESTART -> " was restarted in ";
            case STOP -> " is stopped in ";
            default -> " runs in ";
        };
    }

    private void failed(Promotion promotion, String name) {
        boolean back =
                promotion.getKind() == Promotion.Kind.ROLLBACK
                        || promotion.getFailureCause() == FailureCause.ROLLBACK_FAILED;
        if (back) {
            say(
                    "==> THE ROLLBACK FAILED (%s), and nothing follows by itself. Look at %s now: %s"
                            .formatted(
                                    promotion.getFailureCause(),
                                    Names.id(promotion.getEnvironment()),
                                    left.in(promotion.getStateMessage())));
        } else {
            say(
                    "==> failed (%s): %s"
                            .formatted(
                                    promotion.getFailureCause(),
                                    left.in(promotion.getStateMessage())));
        }
        next("retry " + name);
        if (back) {
            next(
                    "status %s %s"
                            .formatted(
                                    Names.id(promotion.getApplication()),
                                    Names.id(promotion.getEnvironment())));
        }
    }

    private void next(String command) {
        say("    drover " + command);
    }
}
