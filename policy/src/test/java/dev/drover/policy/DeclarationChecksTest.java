package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import dev.drover.v1.ApprovalRule;
import dev.drover.v1.CanaryStrategy;
import dev.drover.v1.Cluster;
import dev.drover.v1.Enforcement;
import dev.drover.v1.Environment;
import dev.drover.v1.ExpressionRule;
import dev.drover.v1.FieldHint;
import dev.drover.v1.Policy;
import dev.drover.v1.Rule;
import dev.drover.v1.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclarationChecksTest {

    private final DeclarationChecks checks = new DeclarationChecks(new PolicyLanguage());

    @Test
    void rightPolicyHasNoProblems() {
        assertThat(
                        checks.check(
                                policy(
                                        expression(
                                                "no-latest",
                                                "plan.images.all(i, i.tag != \"latest\")"),
                                        approval("owners", 1))))
                .isEmpty();
    }

    @Test
    void charactersThatHideSomethingAreRefused() {
        Cluster cluster =
                Cluster.newBuilder()
                        .addServers("http://127.0.0.1:4646")
                        .setDisplayName("east\u001b[2J")
                        .putLabels("tier", "\u202eprod")
                        .build();
        assertThat(told(cluster))
                .containsExactly(
                        "display_name: has the character U+001B, which is not shown but changes what is read; leave it out",
                        "labels[\"tier\"]: has the character U+202E, which is not shown but changes what is read; leave it out");
    }

    @Test
    void textsOfAnyLanguageAndOfSeveralLinesAreFine() {
        assertThat(
                        told(
                                Cluster.newBuilder()
                                        .addServers("http://127.0.0.1:4646")
                                        .setDisplayName(
                                                "\u05e9\u05dc\u05d5\u05dd e\u0301 \ud83d\ude80\nsecond line")
                                        .build()))
                .isEmpty();
    }

    @Test
    void valuesThatAreTooDeepToBeReadAgainAreRefused() {
        assertThat(told(environment(19))).isEmpty();
        assertThat(told(environment(60)))
                .containsExactly("variables: is nested more than 20 levels deep; make it flatter");
    }

    @Test
    void numberWithoutEndIsRefused() {
        Environment.Builder environment = environment(1).toBuilder();
        environment
                .getVariablesBuilder()
                .putFields(
                        "b", Value.newBuilder().setNumberValue(Double.POSITIVE_INFINITY).build());
        assertThat(told(environment.build()))
                .containsExactly(
                        "variables: has a number that is infinite, too large or not a number; write it as a text");
    }

    private static Environment environment(int levels) {
        Value value = Value.newBuilder().setBoolValue(true).build();
        for (int i = 1; i < levels; i++) {
            value =
                    Value.newBuilder()
                            .setStructValue(Struct.newBuilder().putFields("a", value))
                            .build();
        }
        return Environment.newBuilder()
                .setCluster("clusters/local")
                .setVariables(Struct.newBuilder().putFields("a", value))
                .build();
    }

    @Test
    void requiredFieldsAreNamed() {
        assertThat(told(Policy.getDefaultInstance())).containsExactly("rules: is required");
        assertThat(
                        told(
                                policy(
                                        Rule.newBuilder()
                                                .setExpression(ExpressionRule.getDefaultInstance())
                                                .build())))
                .containsExactly(
                        "rules[0].id: is required", "rules[0].expression.expression: is required");
    }

    @Test
    void requiredNumberThatIsLeftOutIsNamed() {
        assertThat(told(policy(approval("owners", 0))))
                .containsExactly("rules[0].approval.count: is required");
    }

    @Test
    void numbersKeepToTheirBounds() {
        assertThat(told(policy(approval("a", -1), approval("b", 101), approval("c", 100))))
                .containsExactly(
                        "rules[0].approval.count: -1 must be from 1 to 100",
                        "rules[1].approval.count: 101 must be from 1 to 100");
    }

    @Test
    void patternsMustMatchTheWholeText() {
        assertThat(told(policy(expression("No_Latest", "true"))))
                .containsExactly("rules[0].id: \"No_Latest\" must match [a-z][a-z0-9-]{0,62}");
        assertThat(
                        problemsAt(
                                Cluster.newBuilder().setTokenReference("env:A B").build(),
                                "token_reference"))
                .singleElement()
                .extracting(FieldProblem::message)
                .asString()
                .startsWith("\"env:A B\" must match ");
    }

    @Test
    void expressionsAreCheckedWithTheirPosition() {
        Rule rule =
                Rule.newBuilder()
                        .setId("small")
                        .setExpression(
                                ExpressionRule.newBuilder()
                                        .setExpression("plan.place < 3 &&\n  plan.plase < 2")
                                        .setMessage("plan.place"))
                        .build();

        assertThat(checks.check(policy(approval("a", 1), rule)))
                .containsExactly(
                        new FieldProblem(
                                "rules[1].expression.expression",
                                "there is no field `plase`; did you mean `place`?",
                                2,
                                8,
                                "  plan.plase < 2\n       ^"),
                        new FieldProblem(
                                "rules[1].expression.message",
                                "the expression must yield string, but yields int",
                                1,
                                1,
                                "plan.place\n^"));
    }

    @Test
    void descriptionHasThePositionInFront() {
        assertThat(checks.check(policy(expression("a", "plan.plase < 2"))).getFirst().description())
                .isEqualTo("line 1, column 6: there is no field `plase`; did you mean `place`?");
    }

    @Test
    void idsOfRulesAreUnique() {
        assertThat(told(policy(expression("a", "true"), approval("b", 1), expression("a", "true"))))
                .containsExactly("rules[2].id: \"a\" is already the id of rules[0]");
    }

    @Test
    void rulesNeedAKind() {
        assertThat(told(policy(Rule.newBuilder().setId("a").build())))
                .containsExactly(
                        "rules[0]: needs one of expression, approval, window, soak and verification");
    }

    @Test
    void setsNameNothingTwice() {
        Rule rule =
                Rule.newBuilder()
                        .setId("a")
                        .setApproval(
                                ApprovalRule.newBuilder()
                                        .setCount(1)
                                        .addGroups("x")
                                        .addGroups("y")
                                        .addGroups("x"))
                        .build();

        assertThat(told(policy(rule)))
                .containsExactly(
                        "rules[0].approval.groups[2]: \"x\" is already there as rules[0].approval.groups[0]");
    }

    @Test
    void sensitiveValuesAreNotShown() {
        FieldHint hint = FieldHint.newBuilder().setPattern("[a-z]+").setSensitive(true).build();

        assertThat(
                        new ValueChecks(new PolicyLanguage())
                                .check(
                                        "password",
                                        hint,
                                        Policy.getDescriptor().getFile(),
                                        "S3cret"))
                .containsExactly(
                        FieldProblem.of(
                                "password", "the value, which is not shown, must match [a-z]+"));
    }

    @Test
    void unknownEnumNumbersAreRefused() {
        Rule rule = approval("a", 1).toBuilder().setEnforcementValue(9).build();

        assertThat(told(policy(rule)))
                .containsExactly("rules[0].enforcement: 9 is not a value of Enforcement");
        assertThat(
                        told(
                                policy(
                                        approval("a", 1).toBuilder()
                                                .setEnforcement(Enforcement.WARN)
                                                .build())))
                .isEmpty();
    }

    @Test
    void outputFieldsAreNotLookedAt() {
        assertThat(
                        told(
                                policy(approval("a", 1)).toBuilder()
                                        .setName("x")
                                        .setUid("y")
                                        .setRevision(-1)
                                        .build()))
                .isEmpty();
    }

    @Test
    void nestedFieldsOfListsHaveTheirIndex() {
        Application application =
                Application.newBuilder()
                        .addJobs(ApplicationJob.newBuilder().setId("web"))
                        .addJobs(ApplicationJob.newBuilder().setId("a b").setWave(101))
                        .build();

        assertThat(problemsAt(application, "jobs"))
                .extracting(FieldProblem::path)
                .containsExactly("jobs[1].id", "jobs[1].wave");
    }

    @Test
    void valuesOfMapsHaveTheirKey() {
        Application application =
                Application.newBuilder()
                        .putStageStrategies(
                                "prod \"eu\"",
                                Strategy.newBuilder()
                                        .setCanary(CanaryStrategy.newBuilder().setCount(10001))
                                        .build())
                        .build();

        assertThat(problemsAt(application, "stage"))
                .extracting(FieldProblem::path)
                .containsExactly("stage_strategies[\"prod \\\"eu\\\"\"].canary.count");
    }

    @Test
    void dynamicMessagesAreCheckedAsGeneratedOnes() throws Exception {
        Policy policy =
                policy(
                        expression("a", "plan.plase < 2"),
                        expression("a", "true"),
                        Rule.getDefaultInstance());
        DynamicMessage dynamic =
                DynamicMessage.parseFrom(Policy.getDescriptor(), policy.toByteString());

        assertThat(checks.check(dynamic)).isEqualTo(checks.check(policy)).hasSize(4);
    }

    private List<String> told(Message declaration) {
        return checks.check(declaration).stream().map(p -> p.path() + ": " + p.message()).toList();
    }

    private List<FieldProblem> problemsAt(Message declaration, String path) {
        return checks.check(declaration).stream().filter(p -> p.path().startsWith(path)).toList();
    }

    private static Policy policy(Rule... rules) {
        return Policy.newBuilder().addAllRules(List.of(rules)).build();
    }

    private static Rule expression(String id, String expression) {
        return Rule.newBuilder()
                .setId(id)
                .setExpression(ExpressionRule.newBuilder().setExpression(expression))
                .build();
    }

    private static Rule approval(String id, int count) {
        return Rule.newBuilder()
                .setId(id)
                .setApproval(ApprovalRule.newBuilder().setCount(count))
                .build();
    }
}
