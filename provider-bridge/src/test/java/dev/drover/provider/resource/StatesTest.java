package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.list;
import static dev.drover.provider.resource.Blocks.noun;
import static dev.drover.provider.resource.Blocks.object;
import static dev.drover.provider.resource.Blocks.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Values;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.UpdateDefaults;
import org.junit.jupiter.api.Test;

class StatesTest {
    private static final NounAttributes ATTRIBUTES = new NounAttributes(Comments.NONE);
    private static final Noun ENVIRONMENT = noun("drover_environment");
    private static final Noun POLICY = noun("drover_policy");

    @Test
    void messageBecomesAState() {
        Environment environment =
                Environment.newBuilder()
                        .setName("projects/shop/environments/prod")
                        .setEtag("e1")
                        .setCreateTime(Timestamp.newBuilder().setSeconds(60))
                        .setCluster("clusters/eu")
                        .putLabels("tier", "prod")
                        .setLaneMode(LaneMode.FIFO)
                        .setVariables(Struct.newBuilder().putFields("n", Values.of(2)))
                        .putSensitiveVariableDigests("key", "ab12")
                        .setJobBaseline(
                                JobBaseline.newBuilder()
                                        .addAllowedDrivers("exec")
                                        .setUpdate(
                                                UpdateDefaults.newBuilder()
                                                        .setMinHealthyTime(
                                                                Durations.fromSeconds(10))))
                        .build();
        Value.Entries state = environment(environment, Absent.NULL);
        assertThat(state.get("id")).isEqualTo(Value.text("projects/shop/environments/prod"));
        assertThat(state.get("project")).isEqualTo(Value.text("shop"));
        assertThat(state.get("name")).isEqualTo(Value.text("prod"));
        assertThat(state.get("etag")).isEqualTo(Value.text("e1"));
        assertThat(state.get("create_time")).isEqualTo(Value.text("1970-01-01T00:01:00Z"));
        assertThat(state.get("labels")).isEqualTo(object("tier", "prod"));
        assertThat(state.get("lane_mode")).isEqualTo(Value.text("FIFO"));
        assertThat(((Value.Typed) state.get("variables")).value()).isEqualTo(object("n", 2));
        assertThat(state.get("sensitive_variable_digests")).isEqualTo(object("key", "ab12"));
        assertThat(state.get("sensitive_variables_wo")).isEqualTo(Absent.NULL);
        Value.Entries baseline = (Value.Entries) state.get("job_baseline");
        assertThat(baseline.get("allowed_drivers")).isEqualTo(set("exec"));
        assertThat(((Value.Entries) baseline.get("update")).get("min_healthy_time"))
                .isEqualTo(Value.text("10s"));
    }

    @Test
    void whatIsNotSetIsNull() {
        Value.Entries state =
                environment(
                        Environment.newBuilder().setName("projects/shop/environments/prod").build(),
                        Absent.NULL);
        for (String attribute :
                new String[] {"display_name", "lane_mode", "job_baseline", "variables"}) {
            assertThat(state.get(attribute)).as(attribute).isEqualTo(Absent.NULL);
        }
    }

    @Test
    void versionOfAWriteOnlyValueIsKept() {
        Value.Entries state =
                environment(
                        Environment.newBuilder().setName("projects/shop/environments/prod").build(),
                        object("sensitive_variables_wo_version", "7"));
        assertThat(state.get("sensitive_variables_wo_version")).isEqualTo(Value.text("7"));
    }

    @Test
    void objectOfAnythingKeepsItsFormWhereItMeansTheSame() {
        Environment environment =
                Environment.newBuilder()
                        .setName("projects/shop/environments/prod")
                        .setVariables(Struct.newBuilder().putFields("n", Values.of(2)))
                        .build();
        Value before = object("n", 2, "unset", Absent.NULL);
        assertThat(environment(environment, object("variables", before)).get("variables"))
                .isSameAs(before);
        Value other = object("n", 3);
        assertThat(environment(environment, object("variables", other)).get("variables"))
                .isNotEqualTo(other);
    }

    @Test
    void onlyTheKindOfRuleThatIsSetIsThere() {
        Policy policy =
                Policy.newBuilder()
                        .setName("policies/prod")
                        .addRules(
                                Rule.newBuilder()
                                        .setId("a")
                                        .setEnforcement(Enforcement.WARN)
                                        .setApproval(
                                                ApprovalRule.newBuilder()
                                                        .setCount(2)
                                                        .addGroups("owners")))
                        .build();
        Schema schema = ATTRIBUTES.resource(POLICY);
        Value rules = States.of(POLICY, schema, policy, Absent.NULL).get("rules");
        assertThat(rules)
                .isEqualTo(
                        list(
                                object(
                                        "id",
                                        "a",
                                        "expression",
                                        Absent.NULL,
                                        "approval",
                                        object(
                                                "count",
                                                2,
                                                "groups",
                                                set("owners"),
                                                "allow_requester",
                                                Absent.NULL,
                                                "people",
                                                set(),
                                                "exclude_author",
                                                Absent.NULL,
                                                "exclude_editor",
                                                Absent.NULL,
                                                "rejections",
                                                Absent.NULL,
                                                "valid_for",
                                                Absent.NULL,
                                                "comment_required",
                                                Absent.NULL,
                                                "alternatives",
                                                list()),
                                        "window",
                                        Absent.NULL,
                                        "soak",
                                        Absent.NULL,
                                        "verification",
                                        Absent.NULL,
                                        "enforcement",
                                        "WARN",
                                        "fast_track",
                                        Absent.NULL)));
    }

    private static Value.Entries environment(Environment environment, Value reference) {
        return States.of(ENVIRONMENT, ATTRIBUTES.resource(ENVIRONMENT), environment, reference);
    }
}
