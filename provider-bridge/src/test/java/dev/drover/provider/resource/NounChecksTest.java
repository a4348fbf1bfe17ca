package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.UNKNOWN;
import static dev.drover.provider.resource.Blocks.list;
import static dev.drover.provider.resource.Blocks.noun;
import static dev.drover.provider.resource.Blocks.object;
import static dev.drover.provider.resource.Blocks.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class NounChecksTest {
    @Test
    void blockWithoutMistakesHasNoDiagnostics() {
        assertThat(check("drover_policy", policy(rule("plan.destructive_updates <= 10"))))
                .isEmpty();
    }

    @Test
    void expressionThatDoesNotTypeCheckIsToldWithLineAndColumn() {
        assertThat(check("drover_policy", policy(rule("true &&\n  plan.destructive > 10"))))
                .singleElement()
                .asString()
                .startsWith(
                        "rules[0].expression.expression | Invalid policy | rules[0].expression.expression: line 2, column ")
                .contains("destructive", "^");
    }

    @Test
    void conditionOverAMeasurementIsCheckedByTheVariablesOfItsKind() {
        Value.Entries http =
                object("url", "http://web.example/", "success_condition", "value == 200");
        assertThat(check("drover_verification", object("name", "ready", "http", http)))
                .singleElement()
                .asString()
                .startsWith(
                        "http.success_condition | Invalid verification | http.success_condition: line 1, column 1: ")
                .contains("unknown variable `value`; the variables are status, body");
    }

    @Test
    void unknownExpressionIsNotChecked() {
        assertThat(
                        check(
                                "drover_policy",
                                policy(
                                        object(
                                                "id",
                                                "a",
                                                "expression",
                                                object("expression", UNKNOWN)))))
                .isEmpty();
        assertThat(check("drover_policy", object("name", "a", "rules", UNKNOWN))).isEmpty();
        assertThat(check("drover_policy", object("name", UNKNOWN, "rules", list(UNKNOWN))))
                .isEmpty();
    }

    @Test
    void numberOutOfBoundsIsTold() {
        Value.Entries rule = object("id", "a", "approval", object("count", 101));
        assertThat(check("drover_policy", policy(rule)))
                .singleElement()
                .asString()
                .startsWith("rules[0].approval.count | Invalid policy | rules[0].approval.count: ")
                .contains("100");
    }

    @Test
    void shortIdWhereAResourceNameBelongsIsTold() {
        assertThat(check("drover_environment", environment("eu", "shop", "prod")))
                .containsExactly(
                        "cluster | Invalid environment | cluster: \"eu\" is not the resource name of a cluster; write"
                                + " clusters/{cluster}, or drover_cluster.NAME.id.");
    }

    @Test
    void resourceNameOfAnotherNounIsTold() {
        Value.Entries pipeline =
                object(
                        "project", "shop",
                        "name", "main",
                        "stages", list(object("id", "prod", "environments", set("clusters/eu"))));
        assertThat(check("drover_pipeline", pipeline))
                .singleElement()
                .asString()
                .startsWith(
                        "stages[0].environments | Invalid pipeline | stages[0].environments: \"clusters/eu\"");
    }

    @Test
    void resourceNameWhereAnIdBelongsIsTold() {
        assertThat(check("drover_environment", environment("clusters/eu", "projects/shop", "prod")))
                .containsExactly(
                        "project | Not an id | project takes the id alone, \"shop\", not the resource name"
                                + " \"projects/shop\".");
    }

    @Test
    void idThatNoNounCanHaveIsTold() {
        assertThat(check("drover_environment", environment("clusters/eu", "shop", "Prod_1")))
                .containsExactly(
                        "name | Not an id | name \"Prod_1\" is not an id; choose 1 to 63 of a-z, 0-9 and -, starting"
                                + " with a letter.");
    }

    private static Value.Entries environment(String cluster, String project, String name) {
        return object("project", project, "name", name, "cluster", cluster);
    }

    private static Value.Entries rule(String expression) {
        return object("id", "a", "expression", object("expression", expression));
    }

    private static Value.Entries policy(Value.Entries rule) {
        return object("name", "prod", "rules", list(rule));
    }

    private static List<String> check(String type, Value.Entries block) {
        Call call = Blocks.call();
        new NounChecks(noun(type)).check(block, call);
        return Blocks.told(call);
    }
}
