package dev.drover.gateway.decision;

import dev.drover.v1.FastTrack;
import dev.drover.v1.LostGuard.Change;
import java.util.ArrayList;
import java.util.List;

/** Whether more rollbacks pass by one fast track than by another. */
final class FastTrackComparison {
    private FastTrackComparison() {}

    static void compare(RuleComparison found, FastTrack was, FastTrack is) {
        if (rank(is) == 0) {
            return;
        }
        List<String> more = new ArrayList<>();
        if (rank(is) > rank(was)) {
            more.add("%s pass, were %s".formatted(passes(is), passes(was)));
        } else {
            if (releases(is) > releases(was)) {
                more.add("by %d releases, were %d".formatted(releases(is), releases(was)));
            }
            if (was.hasMaxAge()
                    && (!is.hasMaxAge()
                            || RuleText.seconds(is.getMaxAge())
                                    > RuleText.seconds(was.getMaxAge()))) {
                more.add("to older releases than " + RuleText.duration(was.getMaxAge()));
            }
        }
        if (!more.isEmpty()) {
            found.weaker(Change.FAST_TRACK_WIDENED, "rollbacks: " + String.join("; ", more));
        }
    }

    private static int rank(FastTrack track) {
        return switch (track.getPasses()) {
            case NONE, UNRECOGNIZED -> 0;
            case AUTOMATIC, PASSES_UNSPECIFIED -> 1;
            case ALL -> 2;
        };
    }

    private static FastTrack.Passes passes(FastTrack track) {
        return track.getPasses() == FastTrack.Passes.PASSES_UNSPECIFIED
                ? FastTrack.Passes.AUTOMATIC
                : track.getPasses();
    }

    private static int releases(FastTrack track) {
        return Math.max(1, track.getReleasesBack());
    }
}
