package dev.drover.gateway.plan;

import dev.drover.v1.DesiredUpdates;
import dev.drover.v1.Strategy;
import dev.drover.v1.Undecided;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What phases do, in words that depend on nothing but the job and its strategy. */
record PhaseTexts(JobType type, List<JobGroup> groups) {
    static final String BACK =
            "the allocations that have the new version by then get the version before again";

    /** Of a job of which nothing runs. */
    String created(Strategy strategy) {
        if (!type.launches().isEmpty()) {
            return "register it; a " + type + " job places nothing by itself";
        }
        StringJoiner placed = new StringJoiner(", ", "register it and place ", "");
        for (JobGroup group : groups) {
            placed.add(
                    everywhere()
                            ? "group \"%s\" on every fitting node".formatted(group.name())
                            : "%d of group \"%s\"".formatted(group.count(), group.name()));
        }
        boolean canaries = strategy.hasCanary() || strategy.hasBlueGreen();
        return placed
                + (canaries ? "; nothing runs yet, so there is nothing to try it beside" : "");
    }

    /** Of a job that runs, where no canaries come first. */
    String changed(Strategy strategy, Map<String, DesiredUpdates> updates) {
        if (!type.updates() || !type.launches().isEmpty()) {
            return "replace it; a " + type + " job has no deployment to wait for";
        }
        boolean destroys =
                updates.values().stream().anyMatch(group -> group.getDestructiveUpdate() > 0);
        if (!destroys) {
            String none =
                    strategy.hasCanary() || strategy.hasBlueGreen()
                            ? ", so there are no canaries"
                            : "";
            return "change it; no allocation is replaced" + none;
        }
        return everywhere()
                ? "replace it node by node, %s, and wait for each to be healthy".formatted(pace())
                : "replace allocations %s and wait for each to be healthy".formatted(pace())
                        + batches();
    }

    /** {@code 2 at a time}. */
    String pace() {
        return groups.stream()
                        .map(group -> Long.toString(group.maxParallel()))
                        .distinct()
                        .collect(Collectors.joining(" or "))
                + " at a time";
    }

    /** {@code 1 canary of group "web"}. */
    String canaries(Map<String, Long> counts) {
        return new TreeMap<>(counts)
                .entrySet().stream()
                        .map(one ->
                                "%d %s of group \"%s\""
                                        .formatted(
                                                one.getValue(),
                                                one.getValue() == 1 ? "canary" : "canaries",
                                                one.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** {@code 5 of 10 of group "web"}, and how far Nomad may overshoot. */
    String shares(Map<String, Long> targets) {
        return groups.stream()
                .filter(group -> targets.containsKey(group.name()))
                .map(group -> share(group, targets.getOrDefault(group.name(), 0L)))
                .collect(Collectors.joining(", "));
    }

    private static String share(JobGroup group, long target) {
        long most = Math.min(group.count(), target + Math.max(0, group.maxParallel() - 1));
        String number =
                most > target && target < group.count()
                        ? "%d to %d".formatted(target, most)
                        : Long.toString(target);
        return "%s of %d of group \"%s\"".formatted(number, group.count(), group.name());
    }

    /** How the counts rise, where they are few enough to be told. */
    private String batches() {
        if (groups.size() != 1 || groups.getFirst().maxParallel() < 1) {
            return "";
        }
        JobGroup group = groups.getFirst();
        long rounds = (group.count() + group.maxParallel() - 1) / group.maxParallel();
        if (rounds < 2 || rounds > 10) {
            return "";
        }
        StringJoiner counts = new StringJoiner(", ", ": ", " of " + group.count());
        for (long n = group.maxParallel(); n < group.count(); n += group.maxParallel()) {
            counts.add(Long.toString(n));
        }
        return counts.add(Long.toString(group.count())).toString();
    }

    static String measured(List<String> verifications) {
        return "measure %s; all must pass, everything healthy"
                .formatted(
                        verifications.stream()
                                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                                .collect(Collectors.joining(", ")));
    }

    static String person(CanarySteps.Decision decision) {
        return "wait for a person to advance it, %s at most; then %s"
                .formatted(
                        DeclaredTime.text(decision.timeout()),
                        decision.undecided() == Undecided.ADVANCE ? "go on without one" : "abort");
    }

    private boolean everywhere() {
        return type.type().startsWith("sys");
    }
}
