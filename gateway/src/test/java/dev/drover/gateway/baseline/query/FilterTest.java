package dev.drover.gateway.baseline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Cluster;
import dev.drover.v1.ClusterReachability;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Stage;
import dev.drover.v1.UpdateDefaults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Environment PROD =
            Environment.newBuilder()
                    .setName("projects/shop/environments/prod")
                    .setDisplayName("Production \"one\"")
                    .putLabels("tier", "prod")
                    .putLabels("region", "eu")
                    .setCreateTime(Timestamp.newBuilder().setSeconds(1_795_000_000))
                    .setLaneMode(LaneMode.FIFO)
                    .setJobBaseline(
                            JobBaseline.newBuilder()
                                    .setNodePool("big")
                                    .addAllowedDrivers("docker")
                                    .addAllowedDrivers("raw_exec")
                                    .setUpdate(
                                            UpdateDefaults.newBuilder()
                                                    .setMaxParallel(2)
                                                    .setHealthyDeadline(
                                                            Duration.newBuilder().setSeconds(90))))
                    .build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "labels.tier = \"prod\"",
                "labels.tier=prod",
                "labels.tier = 'prod'",
                "labels.tier != \"staging\"",
                "labels:tier",
                "labels.tier:*",
                "labels.tier:prod",
                "name = \"projects/shop/*\"",
                "name = \"*prod\"",
                "name = \"projects/*/environments/*\"",
                "displayName = \"Production \\\"one\\\"\"",
                "lane_mode = FIFO",
                "lane_mode != LANE_MODE_UNSPECIFIED",
                "create_time > \"2026-11-01T00:00:00Z\"",
                "create_time > 2026-11-01T00:00:00Z",
                "create_time < \"2026-12-01T00:00:00+01:00\"",
                "job_baseline.update.max_parallel >= 2",
                "job_baseline.update.max_parallel < 2.5",
                "job_baseline.update.healthy_deadline = 90s",
                "job_baseline.update.healthy_deadline > 1.5s",
                "job_baseline.allowed_drivers:docker",
                "job_baseline.update:*",
                "cluster = \"\"",
                "NOT labels.tier = staging",
                "-labels.tier = staging",
                "(labels.tier = prod)",
                "NOT (labels.tier = staging AND labels.region = eu)",
            })
    void matches(String filter) {
        assertThat(test(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labels.tier = staging",
                "labels:size",
                "labels.size:*",
                "labels.size = big",
                "labels.size != big",
                "name = \"projects/shop\"",
                "name = \"prod*\"",
                "name = \"projects/shop/environments/prod*prod\"",
                "create_time > \"2027-01-01T00:00:00Z\"",
                "update_time:*",
                "update_time != \"2027-01-01T00:00:00Z\"",
                "job_baseline.update.min_healthy_time > 0s",
                "job_baseline.allowed_drivers:exec",
                "display_name = \"Production * one\"",
                "cluster:*",
                "NOT labels.tier = prod",
            })
    void doesNotMatch(String filter) {
        assertThat(test(filter)).isFalse();
    }

    @Test
    void orBindsTighterThanAnd() {
        assertThat(test("labels.tier = x AND labels.region = eu OR labels.tier = prod")).isFalse();
        assertThat(test("labels.tier = x OR labels.tier = prod AND labels.region = eu")).isTrue();
    }

    @Test
    void aSpaceIsAnAnd() {
        assertThat(test("labels.tier = prod labels.region = eu")).isTrue();
        assertThat(test("labels.tier = prod labels.region = us")).isFalse();
        assertThat(test("labels.tier = prod (labels.region = us OR labels.region = eu)")).isTrue();
    }

    @Test
    void aNameThatBeginsWithAKeywordIsAName() {
        assertThat(refusal("ORDER = 1")).hasMessageContaining("has no field 'ORDER'");
    }

    @Test
    void oneElementOfARepeatedMessageIsEnough() {
        Pipeline pipeline =
                Pipeline.newBuilder()
                        .addStages(Stage.newBuilder().setId("a"))
                        .addStages(Stage.newBuilder().setId("b").addAfter("a"))
                        .build();
        assertThat(Filter.parse("stages.id:b", Pipeline.getDescriptor()).test(pipeline)).isTrue();
        assertThat(Filter.parse("stages.after:c", Pipeline.getDescriptor()).test(pipeline))
                .isFalse();
    }

    @Test
    void booleansAreTrueOrFalse() {
        Cluster down =
                Cluster.newBuilder()
                        .setReachability(ClusterReachability.newBuilder().setReachable(false))
                        .build();
        var filter = Filter.parse("reachability.reachable = false", Cluster.getDescriptor());
        assertThat(filter.test(down)).isTrue();
        assertThat(filter.test(Cluster.getDefaultInstance())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour = red | column 1: Environment has no field 'colour'; its fields are name,",
                "labels.tier = prod AND x = 1 | column 24: Environment has no field 'x'",
                "prod | column 1: 'prod' stands alone",
                "labels.tier = | column 14: a value is expected",
                "labels.tier = \"prod | column 15: the text that begins here is never closed",
                "(labels.tier = a | column 1: '(' is never closed",
                "labels.tier = a) | column 16: ')' has nothing to belong to",
                "labels = a | column 1: is a map; compare one key of it",
                "name.first = a | column 6: 'name' is a plain value; it has no fields",
                "lane_mode = LIFO | column 13: 'LIFO' is not a value of lane_mode: one of LANE_M",
                "lane_mode > FIFO | column 1: 'lane_mode' has no order",
                "create_time > soon | column 15: 'soon' is not a value of create_time: a time such",
                "job_baseline.update.max_parallel = two | is not a value of max_parallel: a number",
                "job_baseline.allowed_drivers = docker | column 1: is repeated; use ':'",
                "job_baseline = x | column 1: 'job_baseline' cannot be compared",
                "name:prod | column 1: ':' asks what a map or a list has; use '='",
                "variables.a = 1 | column 1: 'variables' cannot be looked into",
                "size(labels) > 1 | column 5: functions are not supported",
                "AND labels.tier = a | column 1: 'AND' stands alone",
            })
    void isRefusedWithItsColumn(String filter, String text) {
        assertThat(refusal(filter)).hasMessageContaining(text);
    }

    @Test
    void aFilterIsBoundedInLengthAndDepth() {
        assertThat(refusal("name = \"" + "a".repeat(5000) + "\"")).hasMessageContaining("at most");
        String deep = "(".repeat(100) + "name = a" + ")".repeat(100);
        assertThat(refusal(deep)).hasMessageContaining("parentheses");
        assertThat(refusal("NOT ".repeat(900) + "name = a").reason())
                .isEqualTo(Reason.INVALID_QUERY);
    }

    private static boolean test(String filter) {
        return Filter.parse(filter, Environment.getDescriptor()).test(PROD);
    }

    private static GatewayException refusal(String filter) {
        GatewayException refusal =
                catchThrowableOfType(
                        GatewayException.class,
                        () -> Filter.parse(filter, Environment.getDescriptor()));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_QUERY);
        assertThat(refusal.details().fields().getFirst().field()).isEqualTo("filter");
        return refusal;
    }
}
