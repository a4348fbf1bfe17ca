package dev.drover.provider.resource;

import static dev.drover.provider.resource.Blocks.UNKNOWN;
import static dev.drover.provider.resource.Blocks.list;
import static dev.drover.provider.resource.Blocks.noun;
import static dev.drover.provider.resource.Blocks.object;
import static dev.drover.provider.resource.Blocks.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.policy.FieldProblem;
import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.Value;
import dev.drover.v1.Environment;
import dev.drover.v1.Policy;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationTest {
    @Test
    void blockBecomesTheMessageThatItDeclares() throws Exception {
        Declaration declaration =
                declare(
                        "drover_environment",
                        object(
                                "project", "shop",
                                "name", "prod",
                                "cluster", "clusters/eu",
                                "labels", object("tier", "prod"),
                                "variables", object("replicas", 2),
                                "lane_mode", "FIFO",
                                "etag", "from the state",
                                "uid", "from the state",
                                "job_baseline",
                                        object(
                                                "allowed_drivers", set("docker", "exec"),
                                                "update", object("min_healthy_time", "1m30s"))));
        assertThat(declaration.problems()).isEmpty();
        Environment environment = Environment.parseFrom(declaration.message().toByteString());
        assertThat(environment.getCluster()).isEqualTo("clusters/eu");
        assertThat(environment.getLabelsMap()).containsEntry("tier", "prod");
        assertThat(environment.getVariables().getFieldsOrThrow("replicas").getNumberValue())
                .isEqualTo(2);
        assertThat(environment.getJobBaseline().getUpdate().getMinHealthyTime().getSeconds())
                .isEqualTo(90);
        assertThat(environment.getJobBaseline().getAllowedDriversList())
                .containsExactly("docker", "exec");
        assertThat(environment.getEtag() + environment.getUid() + environment.getName()).isEmpty();
    }

    @Test
    void writeOnlyValuesComeFromTheConfigurationOnly() throws Exception {
        Value.Entries planned = object("sensitive_variables_wo", Absent.NULL);
        Value.Entries config = object("sensitive_variables_wo", object("key", "hush"));
        Declaration declaration = new Declaration(noun("drover_environment"), planned, config);
        assertThat(
                        Environment.parseFrom(declaration.message().toByteString())
                                .getSensitiveVariablesMap())
                .containsEntry("key", "hush");
    }

    @Test
    void elementAfterAnUnknownOneKeepsItsNumber() throws Exception {
        Declaration declaration =
                declare("drover_policy", object("rules", list(UNKNOWN, object("id", "second"))));
        Policy policy = Policy.parseFrom(declaration.message().toByteString());
        assertThat(policy.getRules(1).getId()).isEqualTo("second");
        assertThat(declaration.unknown()).containsExactly("rules[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "rules[1], true",
        "rules[1].id, true",
        "rules, true",
        "rules[10].id, false",
        "description, true",
        "descriptions, false",
        "display_name, false"
    })
    void problemMayVanishWithTheUnknownValuesAtAboveOrBelowIt(String path, boolean mayVanish) {
        Declaration declaration =
                declare(
                        "drover_policy",
                        object("description", UNKNOWN, "rules", list(object("id", "a"), UNKNOWN)));
        FieldProblem alone = new FieldProblem(path, "is wrong", 0, 0, "");
        FieldProblem beside =
                new FieldProblem("name", "is wrong beside it", 0, 0, "", List.of("uid", path));
        assertThat(declaration.mayDependOnUnknown(alone)).isEqualTo(mayVanish);
        assertThat(declaration.mayDependOnUnknown(beside)).isEqualTo(mayVanish);
    }

    @Test
    void bothKindsOfOneRuleAreTooMuch() {
        Declaration declaration =
                declare(
                        "drover_policy",
                        object(
                                "rules",
                                list(
                                        object(
                                                "id", "a",
                                                "expression", object("expression", "true"),
                                                "approval", object("count", 1)))));
        assertThat(declaration.problems())
                .extracting(Blocks::told)
                .containsExactly(
                        "rules[0].approval | Too much at rules[0].approval | rules[0].approval: expression is set"
                                + " too; set only one of expression, approval, window, soak, verification.");
    }

    @Test
    void valuesThatDoNotFitAreToldAtTheirAttribute() {
        Declaration declaration =
                declare(
                        "drover_policy",
                        object(
                                "rules",
                                list(
                                        object("enforcement", "STRICT"),
                                        object(
                                                "approval",
                                                object(
                                                        "count",
                                                        new Value.Decimal(new BigDecimal("1.5")))),
                                        Absent.NULL)));
        assertThat(declaration.problems())
                .extracting(Blocks::told)
                .containsExactly(
                        "rules[0].enforcement | Invalid value for rules[0].enforcement | rules[0].enforcement:"
                                + " \"STRICT\" is not one of ENFORCE, WARN, SHADOW.",
                        "rules[1].approval.count | Invalid value for rules[1].approval.count |"
                                + " rules[1].approval.count: 1.5 is not a whole number in range.",
                        "rules[2] | Invalid value for rules[2] | rules[2]: must not be null.");
    }

    @Test
    void partlyUnknownObjectOfAnythingIsUnknown() {
        Declaration declaration =
                declare(
                        "drover_environment",
                        object(
                                "variables",
                                new Value.Typed(
                                        dev.drover.provider.framework.Type.DYNAMIC,
                                        object("a", UNKNOWN))));
        assertThat(declaration.unknown()).containsExactly("variables");
        assertThat(declaration.problems()).isEmpty();
    }

    private static Declaration declare(String type, Value.Entries block) {
        return new Declaration(noun(type), block, block);
    }
}
