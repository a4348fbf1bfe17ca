package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.UNKNOWN;
import static dev.drover.provider.resource.Blocks.list;
import static dev.drover.provider.resource.Blocks.noun;
import static dev.drover.provider.resource.Blocks.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is wrong with a field because of another one is told at the field, and only where both are
 * known.
 */
class ComparedFieldsTest {

    @Test
    void stepsThatDoNotAscendAreToldWhereTheyStand() {
        assertThat(strategy(steps(percent(50), percent(10))))
                .singleElement()
                .asString()
                .startsWith("default_strategy.canary.steps[1].percent | Invalid environment | ")
                .contains("10 does not go beyond the 50 of the step before");
        assertThat(strategy(steps(percent(10), percent(50)))).isEmpty();
        assertThat(strategy(steps(percent(UNKNOWN), percent(10)))).isEmpty();
        assertThat(strategy(steps(UNKNOWN, percent(10)))).isEmpty();
        assertThat(strategy(steps(percent(50), percent(UNKNOWN), percent(10)))).isEmpty();
        assertThat(strategy(steps(percent(UNKNOWN), percent(50), percent(10))))
                .singleElement()
                .asString()
                .startsWith("default_strategy.canary.steps[2].percent | ");
    }

    @Test
    void canariesAreCountedOrInStepsUnlessOneOfThemIsNotKnownYet() {
        assertThat(strategy(object("decision_timeout", "1h")))
                .singleElement()
                .asString()
                .startsWith("default_strategy.canary.count | Invalid environment | ");
        assertThat(strategy(object("steps", UNKNOWN))).isEmpty();
        assertThat(strategy(object("count", UNKNOWN))).isEmpty();
        assertThat(strategy(steps(object("count", UNKNOWN)))).isEmpty();
        assertThat(strategy(steps(object("bake", "1m"))))
                .singleElement()
                .asString()
                .contains("steps[0].percent: either percent or count is set");
    }

    @Test
    void bakeThatNeverEndsIsToldAtTheBake() {
        assertThat(strategy(steps(object("percent", 10, "bake", "721h"), percent(50))))
                .singleElement()
                .asString()
                .startsWith("default_strategy.canary.steps[0].bake | Invalid environment | ")
                .contains("721h is not between 0s and 720h, which is 30 days");
    }

    @Test
    void waveWithoutJobsIsToldUnlessANumberIsNotKnownYet() {
        assertThat(waves(0, 2))
                .singleElement()
                .asString()
                .startsWith("jobs[1].wave | Invalid application | jobs[1].wave: 2 follows 0");
        assertThat(waves(UNKNOWN, 2)).isEmpty();
        assertThat(waves(0, 3, UNKNOWN)).isEmpty();
        assertThat(waves(0, 2, 1)).isEmpty();
    }

    @Test
    void boundsOfScalingAreToldAtTheGroup() {
        Value.Entries job =
                object(
                        "id",
                        "a",
                        "scale_bounds",
                        object("web", object("min", 3, "max", 2), "db", object("min", UNKNOWN)));
        assertThat(application(job))
                .singleElement()
                .asString()
                .startsWith("jobs[0].scale_bounds[\"web\"].max | Invalid application | ")
                .contains("2 is below min, which is 3");
    }

    @Test
    void limitsOfAVerificationAreComparedWithWhatIsKnown() {
        assertThat(verification("failure_limit", 2, "measurements", 2))
                .singleElement()
                .asString()
                .startsWith("failure_limit | Invalid verification | ");
        assertThat(verification("failure_limit", 2, "measurements", UNKNOWN)).isEmpty();
        assertThat(check("drover_verification", object("name", "a", "http", UNKNOWN))).isEmpty();
        assertThat(check("drover_verification", object("name", "a"))).hasSize(1);
    }

    private static List<String> verification(
            String first, Object value, String second, Object other) {
        return check(
                "drover_verification",
                object("name", "a", "nomad", object(), first, value, second, other));
    }

    private static List<String> strategy(Value.Entries canary) {
        return check(
                "drover_environment",
                object(
                        "name",
                        "prod",
                        "cluster",
                        "clusters/eu",
                        "default_strategy",
                        object("canary", canary)));
    }

    private static Value.Entries steps(Object... steps) {
        return object("steps", list(steps));
    }

    private static Value.Entries percent(Object percent) {
        return object("percent", percent);
    }

    private static List<String> waves(Object... waves) {
        Value.Entries[] jobs = new Value.Entries[waves.length];
        for (int i = 0; i < waves.length; i++) {
            jobs[i] = object("id", "job-" + i, "wave", waves[i]);
        }
        return application(jobs);
    }

    private static List<String> application(Value.Entries... jobs) {
        return check(
                "drover_application",
                object(
                        "name",
                        "web",
                        "pipeline",
                        "projects/shop/pipelines/main",
                        "jobs",
                        list((Object[]) jobs)));
    }

    private static List<String> check(String type, Value.Entries block) {
        Call call = Blocks.call();
        new NounChecks(noun(type)).check(block, call);
        return Blocks.told(call);
    }
}
