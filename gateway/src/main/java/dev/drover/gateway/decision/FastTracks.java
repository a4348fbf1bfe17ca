package dev.drover.gateway.decision;

import com.google.protobuf.util.Durations;
import dev.drover.v1.FastTrack;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.time.Instant;

/** Lets rollbacks pass rules that are not met, within the bounds that the rules declare. */
final class FastTracks {
    private FastTracks() {}

    /** The verdict as it counts; where no fast track leads past it, why not. */
    static RuleVerdict apply(Rule rule, RuleVerdict verdict, GateRequest request) {
        if (verdict.getVerdict() == Verdict.ALLOW
                || !verdict.getEnforcement().equals(Rules.ENFORCE)
                || request.goingBack().isEmpty()) {
            return verdict;
        }
        GoingBack back = request.goingBack().get();
        String hindrance = hindrance(rule.getFastTrack(), back, request.now());
        if (hindrance.isEmpty()) {
            return verdict.toBuilder().setEnforcement(Rules.WARN).setFastTrack(used(back)).build();
        }
        return rule.hasFastTrack()
                ? verdict.toBuilder()
                        .setMessage(verdict.getMessage() + "; no fast track: " + hindrance)
                        .build()
                : verdict;
    }

    /** Of a rule that is built in: it does not hold what the engine brings back. */
    static RuleVerdict builtIn(RuleVerdict verdict, GateRequest request) {
        return request.goingBack()
                .filter(GoingBack::automatic)
                .filter(back -> verdict.getVerdict() != Verdict.ALLOW)
                .map(back ->
                        verdict.toBuilder()
                                .setEnforcement(Rules.WARN)
                                .setFastTrack(used(back))
                                .build())
                .orElse(verdict);
    }

    private static String hindrance(FastTrack track, GoingBack back, Instant now) {
        switch (track.getPasses()) {
            case NONE, UNRECOGNIZED -> {
                return "the rule holds every rollback";
            }
            case AUTOMATIC, PASSES_UNSPECIFIED -> {
                if (!back.automatic()) {
                    return "it is for rollbacks that follow a failure by themselves";
                }
            }
            case ALL -> {}
        }
        int most = Math.max(1, track.getReleasesBack());
        if (back.releases() > most) {
            return "it goes back by %d releases, and %d is the most"
                    .formatted(back.releases(), most);
        }
        Duration age = Duration.between(back.ranUntil(), now);
        Duration oldest = Duration.ofMillis(Durations.toMillis(track.getMaxAge()));
        return track.hasMaxAge() && age.compareTo(oldest) > 0
                ? "the release ran here until %s, longer ago than %s"
                        .formatted(back.ranUntil(), Durations.toString(track.getMaxAge()))
                : "";
    }

    private static String used(GoingBack back) {
        return back.automatic()
                ? "a rollback that follows a failure"
                : "a rollback by %d release%s, to what ran here until %s"
                        .formatted(
                                back.releases(), back.releases() == 1 ? "" : "s", back.ranUntil());
    }
}
