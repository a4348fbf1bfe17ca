package dev.drover.gateway.decision;

import dev.drover.v1.Policy;
import dev.drover.v1.Promotion;
import dev.drover.v1.Rule;
import dev.drover.v1.RuleVerdict;
import dev.drover.v1.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges by how long a release has run well in the stages before. */
final class SoakRules {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private SoakRules() {}

    static RuleVerdict judge(
            Policy policy, Rule rule, GateRequest request, Map<String, ReleaseHistory> history) {
        if (!request.asked().getKind().equals(Promotion.Kind.RELEASE.name())) {
            return met(policy, rule, "holds for releases only");
        }
        Duration asked =
                Duration.ofSeconds(
                        rule.getSoak().getDuration().getSeconds(),
                        rule.getSoak().getDuration().getNanos());
        Instant ready = Instant.MIN;
        List<String> broken = new ArrayList<>();
        for (StageBefore stage : StageBefore.of(request.nouns())) {
            Optional<Instant> when = stage.when(name -> ready(history, name, asked));
            if (when.isEmpty()) {
                broken.add(stage.told());
            } else if (when.get().isAfter(ready)) {
                ready = when.get();
            }
        }
        if (!broken.isEmpty()) {
            return Rules.of(policy, rule, Verdict.DENY)
                    .setCode("RELEASE_NOT_HEALTHY_BEFORE")
                    .setMessage(
                            "the release does not run well in %s; bring it there, and leave it for %s"
                                    .formatted(String.join(" and ", broken), text(asked)))
                    .addAllUnblockedBy(
                            Rules.makers(
                                    request.nouns().application().getOwnersList(),
                                    request.nouns().release().getAuthor()))
                    .build();
        }
        if (!ready.isAfter(request.now())) {
            return met(
                    policy,
                    rule,
                    "has run well for %s in the stages before".formatted(text(asked)));
        }
        return Rules.of(policy, rule, Verdict.DEFER)
                .setCode("RELEASE_SOAKING")
                .setMessage(
                        "must run well for %s in the stages before, until %s"
                                .formatted(text(asked), MOMENT.format(ready)))
                .setNextEligibleTime(PolicyInputs.timestamp(ready))
                .build();
    }

    private static Optional<Instant> ready(
            Map<String, ReleaseHistory> history, String environment, Duration asked) {
        ReleaseHistory past = history.getOrDefault(environment, ReleaseHistory.NONE);
        return past.healthy() ? past.successTime().map(time -> time.plus(asked)) : Optional.empty();
    }

    private static RuleVerdict met(Policy policy, Rule rule, String message) {
        return Rules.of(policy, rule, Verdict.ALLOW).setMessage(message).build();
    }

    /** 24h, 90m, 36h30m: as durations are declared. */
    static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
