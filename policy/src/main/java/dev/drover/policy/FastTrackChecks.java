package dev.drover.policy;

import dev.drover.v1.FastTrack;
import java.util.ArrayList;
import java.util.List;

/** What a fast track must meet: nothing in it may contradict the rest. */
final class FastTrackChecks {
    private FastTrackChecks() {}

    static List<FieldProblem> check(String path, FastTrack track) {
        List<FieldProblem> problems = new ArrayList<>();
        boolean positive = track.getMaxAge().getSeconds() > 0 || track.getMaxAge().getNanos() > 0;
        if (track.hasMaxAge() && !positive) {
            problems.add(
                    FieldProblem.of(
                            path + ".max_age",
                            "is not longer than nothing; leave it out where age does not matter, or say NONE in passes"));
        }
        boolean bounded = track.getReleasesBack() > 0 || track.hasMaxAge();
        if (track.getPasses() == FastTrack.Passes.NONE && bounded) {
            problems.add(
                    FieldProblem.of(
                            path + ".passes",
                            "NONE lets nothing pass, so releases_back and max_age bound nothing; leave them out"));
        }
        return problems;
    }
}
