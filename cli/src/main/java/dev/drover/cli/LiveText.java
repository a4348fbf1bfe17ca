package dev.drover.cli;

import com.google.protobuf.Timestamp;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.VerificationRun;
import java.time.Duration;
import java.util.List;

/** What counts while a promotion is followed: how long it has been, and how long it still is. */
final class LiveText {
    private final GatewayTime now;

    LiveText(GatewayTime now) {
        this.now = now;
    }

    /** One short line; empty where nothing counts. */
    String of(Promotion promotion) {
        return switch (promotion.getState()) {
            case RUNNING -> running(promotion);
            case VERIFYING -> measuring(promotion, "");
            default -> "";
        };
    }

    private String running(Promotion promotion) {
        List<Phase> running =
                promotion.getRollout().getPhasesList().stream()
                        .filter(phase -> phase.getState() == Phase.State.RUNNING)
                        .toList();
        if (running.isEmpty()) {
            return "";
        }
        Phase first = running.getFirst();
        String where =
                "job %s, %s%s"
                        .formatted(
                                first.getJob(),
                                first.getPlanned().getId(),
                                running.size() == 1
                                        ? ""
                                        : " (and %d more)".formatted(running.size() - 1));
        return switch (first.getPlanned().getKind()) {
            case VERIFY -> measuring(promotion, first.getJob() + "/" + first.getPlanned().getId());
            case BAKE -> left(where, first.getUntilTime());
            case STOP, RUN, DISPATCH, FORCE -> elapsed(where, first, atMost(first, ""));
            case REGISTER, EXTEND -> elapsed(where, first, atMost(first, " without progress"));
            default -> elapsed(where, first, "");
        };
    }

    private String left(String where, Timestamp until) {
        return now.until(until)
                .map(left -> "    %s left: %s".formatted(TimeLeft.text(left), where))
                .orElse("");
    }

    private String elapsed(String where, Phase phase, String atMost) {
        return now.until(phase.getStartTime())
                .map(until -> "    %s%s: %s".formatted(past(until), atMost, where))
                .orElse("");
    }

    /** How long it has been; the second that has just begun does not count. */
    private static String past(Duration until) {
        return TimeLeft.text(Duration.ofSeconds(until.negated().toSeconds()));
    }

    private static String atMost(Phase phase, String what) {
        Duration time = Duration.ofSeconds(phase.getPlanned().getTime().getSeconds());
        return time.isZero() ? "" : ", at most %s%s".formatted(TimeLeft.text(time), what);
    }

    private String measuring(Promotion promotion, String phase) {
        return promotion.getVerificationRunsList().stream()
                .filter(run -> run.getPhase().equals(phase))
                .filter(run -> run.getState() == VerificationRun.State.RUNNING)
                .findFirst()
                .map(this::measuring)
                .orElse("");
    }

    private String measuring(VerificationRun run) {
        String next =
                now.until(run.getNextTime())
                        .filter(Duration::isPositive)
                        .map(left -> "the next in " + TimeLeft.text(left))
                        .orElse("measuring now");
        return "    verification %s: %d measurements, %s"
                .formatted(Names.id(run.getVerification()), run.getSamplesCount(), next);
    }
}
