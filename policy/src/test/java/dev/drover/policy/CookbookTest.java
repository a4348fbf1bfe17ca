package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.v1.EnvironmentHistory;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.ImageFacts;
import dev.drover.v1.OutcomeFacts;
import dev.drover.v1.PlacementFailure;
import dev.drover.v1.PolicyInput;
import dev.drover.v1.TaskFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluates the rules of docs/policy-cookbook.md: one input that they allow, one they refuse. */
class CookbookTest {

    private static final Pattern RULE =
            Pattern.compile("```cel (message )?([a-z0-9-]+)\n(.*?)\n```", Pattern.DOTALL);
    private static final String FRIDAY_NOON = "2026-11-20T11:00:00Z";
    private static final String SIGNED = "signed.registry.example/shop/web:1.1.0@sha256:ab";

    /** What makes a rule refuse an input that all rules allow. */
    private static final Map<String, Consumer<PolicyInput.Builder>> REFUSED = refused();

    private static Map<String, Consumer<PolicyInput.Builder>> refused() {
        Map<String, Consumer<PolicyInput.Builder>> refused = new LinkedHashMap<>();
        refused.put("no-latest", in -> image(in, "signed.registry.example/shop/web"));
        refused.put("signed-registry", in -> image(in, "signed.registry.example.evil.com/web:1"));
        refused.put("by-digest", in -> image(in, "signed.registry.example/shop/web:1.1.0"));
        refused.put("same-as-staging", in -> image(in, SIGNED + "cd"));
        refused.put("few-destructive-updates", in -> in.getPlanBuilder().setDestructiveUpdates(11));
        refused.put(
                "room-for-all",
                in -> in.getPlanBuilder().addUnplaced(PlacementFailure.newBuilder().setGroup("g")));
        refused.put(
                "bounded-growth",
                in -> in.getPlanBuilder().getResourcesBuilder().setMemoryMbAfter(151));
        refused.put("canary-for-tier-1", in -> in.getPlanBuilder().setCanaries(0));
        refused.put(
                "only-containers",
                in -> in.getPlanBuilder().addTasks(TaskFacts.newBuilder().setDriver("raw_exec")));
        refused.put(
                "platform-team-only",
                in -> in.getPlanBuilder().addChangedPaths("group.web.network.port.http"));
        refused.put("no-prereleases", in -> in.getReleaseBuilder().setVersion("1.1.0-rc.1"));
        refused.put("no-downgrades", in -> in.getReleaseBuilder().setVersion("1.0.9"));
        refused.put("one-major-at-a-time", in -> in.getReleaseBuilder().setVersion("3.0.0"));
        refused.put("fresh-releases", in -> in.getReleaseBuilder().setAge(hours(400)));
        refused.put("no-friday-afternoon", in -> now(in, "2026-11-20T14:00:00Z"));
        refused.put("business-hours", in -> now(in, "2026-11-21T11:00:00Z"));
        refused.put("year-end-freeze", in -> now(in, "2026-12-24T11:00:00Z"));
        refused.put("soaked-in-staging", in -> place(in, "staging", it -> it.setSoaked(hours(23))));
        refused.put(
                "change-failure-rate",
                in -> {
                    place(in, "prod", it -> it.setChangeFailureRate(0.5));
                    in.getPlanBuilder().setCanaries(0);
                });
        refused.put(
                "once-an-hour",
                in -> place(in, "prod", it -> outcome(it, "2026-11-20T10:30:00Z", false)));
        refused.put(
                "not-taken-back",
                in -> place(in, "prod", it -> outcome(it, "2026-11-01T10:30:00Z", true)));
        refused.put(
                "rollback-within-a-day",
                in -> {
                    now(in, "2026-11-21T11:00:00Z");
                    in.getPromotionBuilder().setKind("ROLLBACK");
                    place(in, "prod", it -> outcome(it, "2026-11-19T10:30:00Z", false));
                });
        refused.put("four-eyes", in -> in.getPromotionBuilder().setRequester("serviceAccounts/ci"));
        refused.put("ticket", in -> in.getPromotionBuilder().setReason("because"));
        return refused;
    }

    static Stream<Arguments> rules() throws IOException {
        return RULE.matcher(Files.readString(Path.of("..", "docs", "policy-cookbook.md")))
                .results()
                .map(rule -> Arguments.of(rule.group(2), rule.group(1) != null, rule.group(3)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rules")
    void ruleAllowsAndRefuses(String id, boolean message, String expression) {
        PolicyInput.Builder bad = good().toBuilder();
        Objects.requireNonNull(REFUSED.get(id), id).accept(bad);
        if (message) {
            assertThat(evaluate(expression, ExpressionResult.STRING, bad.build()))
                    .isInstanceOf(Outcome.Text.class);
            return;
        }
        assertThat(truth(expression, good())).as("the good input").isTrue();
        assertThat(truth(expression, bad.build())).as("the bad input").isFalse();
    }

    @Test
    void rollbackOfAnHourAgoIsAllowedAtNight() throws IOException {
        PolicyInput.Builder night = good().toBuilder();
        now(night, "2026-11-21T02:00:00Z");
        night.getPromotionBuilder().setKind("ROLLBACK");
        place(night, "prod", it -> outcome(it, "2026-11-21T01:00:00Z", false));
        String rule =
                rules().filter(one -> one.get()[0].equals("rollback-within-a-day"))
                        .map(one -> (String) one.get()[2])
                        .findFirst()
                        .orElseThrow();

        assertThat(truth(rule, night.build())).isTrue();
    }

    @Test
    void thereAreTwentyRulesAndEachIsKnown() throws IOException {
        assertThat(rules().map(rule -> rule.get()[0]).distinct())
                .hasSizeGreaterThanOrEqualTo(20)
                .containsExactlyInAnyOrderElementsOf(REFUSED.keySet());
    }

    private static boolean truth(String expression, PolicyInput input) {
        Outcome outcome = evaluate(expression, ExpressionResult.BOOL, input);
        assertThat(outcome).isInstanceOf(Outcome.Truth.class);
        return ((Outcome.Truth) outcome).value();
    }

    private static Outcome evaluate(String expression, ExpressionResult result, PolicyInput input) {
        Compilation compilation = new PolicyLanguage().compile(expression, result);
        assertThat(compilation.problems()).isEmpty();
        return compilation.compiled().orElseThrow().evaluate(input);
    }

    private static PolicyInput good() {
        PolicyInput.Builder input = Inputs.shopToProd().toBuilder();
        now(input, FRIDAY_NOON);
        image(input, SIGNED);
        input.getPlanBuilder()
                .setDestructiveUpdates(2)
                .addTasks(TaskFacts.newBuilder().setDriver("docker").setMemoryMb(64));
        input.getPlanBuilder()
                .getResourcesBuilder()
                .setCpuBefore(100)
                .setCpuAfter(150)
                .setMemoryMbBefore(100)
                .setMemoryMbAfter(150);
        input.getPromotionBuilder().setReason("OPS-7: faster search");
        place(
                input,
                "staging",
                it ->
                        it.setHealthy(true)
                                .setSoaked(hours(30))
                                .putVerifications("load", "PASSED")
                                .addImages(ImageReference.facts(SIGNED)));
        place(input, "prod", it -> it.setRunningVersion("1.0.10").setRunningRelease("r1-0-10"));
        return input.build();
    }

    private static void image(PolicyInput.Builder input, String reference) {
        ImageFacts image = ImageReference.facts(reference);
        input.getPlanBuilder().clearImages().addImages(image);
    }

    private static void now(PolicyInput.Builder input, String time) {
        input.setNow(Inputs.time(time));
    }

    private static void place(
            PolicyInput.Builder input, String id, Consumer<EnvironmentHistory.Builder> change) {
        EnvironmentHistory.Builder place =
                input.getHistory().getEnvironmentsOrThrow(id).toBuilder();
        change.accept(place);
        input.getHistoryBuilder().putEnvironments(id, place.build());
    }

    private static void outcome(EnvironmentHistory.Builder place, String end, boolean takenBack) {
        place.addOutcomes(
                OutcomeFacts.newBuilder()
                        .setKind("RELEASE")
                        .setRelease("r1-1-0")
                        .setState("SUCCEEDED")
                        .setTakenBack(takenBack)
                        .setEndTime(Inputs.time(end)));
    }

    private static Duration hours(long hours) {
        return Duration.newBuilder().setSeconds(hours * 3600).build();
    }
}
