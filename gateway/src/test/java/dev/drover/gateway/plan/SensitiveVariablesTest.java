package dev.drover.gateway.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.v1.FieldChange;
import dev.drover.v1.JobPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sensitive values reach Nomad and nothing else. */
class SensitiveVariablesTest {

    private static final String SECRET = "s3cr\"et ${x} %{y}\n\\end$${z";

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final RealPlanner planner = new RealPlanner(NOMAD);
    private String namespace = "";

    @BeforeEach
    void isolate() {
        namespace = NOMAD.freshNamespace();
    }

    private PlanFixture jobWith(String greeting) {
        String jobspec =
                "variable \"password\" {\n  type = string\n}\n"
                        + PlanFixture.WEB.replace("= var.greeting", "= " + greeting);
        return PlanFixture.shop().namespace(namespace).job("web", jobspec);
    }

    private static void assertNothingLeaks(PlannedChange change, String secret) {
        assertThat(change.plan().toByteString().toString(UTF_8)).doesNotContain(secret);
        assertThat(TextFormat.printer().escapingNonAscii(false).printToString(change.plan()))
                .doesNotContain(TextFormat.escapeBytes(secret.getBytes(UTF_8)));
        assertThat(new String(change.rendering().toBytes(), UTF_8))
                .doesNotContain(secret)
                .doesNotContain("s3cr");
    }

    @Test
    void nomadGetsTheValueAndNothingElseDoes() {
        planner.with(Map.of("password", SECRET));
        PlanFixture fixture = jobWith("\"user:${var.password}@db\"");
        PlannedChange change = planner.plan(fixture);
        planner.register(change, fixture);

        assertNothingLeaks(change, SECRET);
        assertThat(
                        NOMAD.cluster()
                                .job(namespace, "web")
                                .orElseThrow()
                                .spec()
                                .at("/TaskGroups/0/Tasks/0/Env/GREETING")
                                .asText())
                .isEqualTo("user:" + SECRET + "@db");
        assertThat(change.plan().getJobs(0).getFieldChangesList())
                .filteredOn(field -> field.getPath().endsWith(".env.GREETING"))
                .singleElement()
                .extracting(FieldChange::getNewValue)
                .isEqualTo("(sensitive)");
        assertThat(planner.job(fixture).getChange()).isEqualTo(JobPlan.Change.NONE);
    }

    @Test
    void rotatedValueShowsAsAChangeWithoutOldOrNew() {
        PlanFixture fixture = jobWith("var.password");
        planner.with(Map.of("password", "old-horse-battery"));
        planner.register(planner.plan(fixture), fixture);
        planner.with(Map.of("password", "new-horse-battery"));
        PlannedChange change = planner.plan(fixture);
        assertThat(change.plan().getJobs(0).getFieldChangesList())
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.getOldValue()).isEqualTo("(sensitive)");
                    assertThat(field.getNewValue()).isEqualTo("(sensitive)");
                });
    }

    @Test
    void formerValueStaysHiddenWhenTheReleaseNoLongerUsesIt() {
        planner.with(Map.of("password", "old-horse-battery"));
        PlanFixture before = jobWith("var.password");
        PlannedChange first = planner.plan(before);
        planner.register(first, before);

        planner.with(Map.of("password", "new-horse-battery"));
        PlannedChange byPlace = planner.plan(jobWith("\"plain\"").earlier(first.rendering()));
        planner.with(
                new Secrets(Map.of("password", "new-horse-battery"), List.of("old-horse-battery")));
        PlannedChange byValue = planner.plan(jobWith("\"plain\""));

        assertThat(byPlace.plan().toByteString().toString(UTF_8)).doesNotContain("horse");
        assertThat(byValue.plan().toByteString().toString(UTF_8)).doesNotContain("horse");
        assertThat(byValue.plan().getJobs(0).getFieldChanges(0).getNewValue()).isEqualTo("plain");
    }

    @Test
    void valueInATemplateAndAnArgumentIsHidden() {
        planner.with(Map.of("password", "horse-battery"));
        PlanFixture fixture =
                PlanFixture.shop()
                        .namespace(namespace)
                        .job(
                                "web",
                                "variable \"password\" {}\n"
                                        + PlanFixture.WEB.replace(
                                                "env {",
                                                """
                                                template {
                                                  data        = "pw=${var.password}"
                                                  destination = "local/x"
                                                }
                                                meta {
                                                  pw = var.password
                                                }
                                                env {
                                                """));
        PlannedChange change = planner.plan(fixture);
        assertThat(change.plan().toByteString().toString(UTF_8)).doesNotContain("horse");
        assertThat(change.rendering().jobs().getFirst().spec().toString())
                .doesNotContain("horse")
                .contains("pw=__drover_sensitive_password_");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upper(var.password)",
                "base64encode(var.password)",
                "\"${var.password}${sha256(var.password)}\"",
                "substr(var.password, 0, 3)"
            })
    void transformedValueIsRefused(String expression) {
        planner.with(Map.of("password", SECRET));
        GatewayException refusal = planner.refusal(jobWith(expression));
        assertThat(refusal.reason()).isEqualTo(Reason.JOBSPEC_INVALID);
        assertThat(refusal.text())
                .contains("sensitive variable \"password\" must be used as it is")
                .doesNotContain("s3cr");
    }

    @Test
    void sensitiveNameIsRefused() {
        planner.with(Map.of("password", SECRET));
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .namespace(namespace)
                                .job(
                                        "web",
                                        "variable \"password\" {}\n"
                                                + PlanFixture.WEB.replace(
                                                        "env {",
                                                        "meta = { (var.password) = \"x\" }\n env {")));
        assertThat(refusal.text()).contains("a sensitive variable cannot be a name");
    }

    @Test
    void nomadsRefusalDoesNotRepeatTheValue() {
        planner.with(Map.of("password", "horse-battery"));
        GatewayException refusal =
                planner.refusal(
                        PlanFixture.shop()
                                .namespace(namespace)
                                .job(
                                        "web",
                                        "variable \"password\" {}\n"
                                                + PlanFixture.WEB.replace(
                                                        "min_healthy_time = \"0s\"",
                                                        "health_check = var.password")));
        assertThat(refusal.reason()).isEqualTo(Reason.NOMAD_REJECTED);
        assertThat(refusal.text()).contains("(sensitive)").doesNotContain("horse");
        assertThat(refusal.getCause()).isNull();
    }

    @Test
    void quotedAndBrokenUpValueIsHiddenToo() {
        Redaction redaction =
                Redaction.of(
                        new Secrets(
                                Map.of("a", "horse\"battery", "b", "first line\nsecond line"),
                                List.of()),
                        List.of());
        assertThat(redaction.sentence("given: \"horse\\\"battery\", first line; second line"))
                .isEqualTo("given: \"(sensitive)\", (sensitive); (sensitive)");
    }

    @Test
    void shortValueIsHiddenWhereItStandsAloneAndLeavesOtherTextsReadable() {
        Redaction redaction = Redaction.of(new Secrets(Map.of("a", "e"), List.of()), List.of());
        FieldPlace place = FieldPlace.of("g", "t", "Env", "X");
        assertThat(redaction.value(place, "e")).isEqualTo("(sensitive)");
        assertThat(redaction.value(place, "hello")).isEqualTo("hello");
    }

    @Test
    void valueInAConstraintIsHiddenInPlacementFailures() {
        planner.with(Map.of("password", "horse-battery"));
        PlannedChange change =
                planner.plan(
                        PlanFixture.shop()
                                .namespace(namespace)
                                .job(
                                        "web",
                                        "variable \"password\" {}\n"
                                                + PlanFixture.WEB.replace(
                                                        "count = 2",
                                                        """
                                                        count = 2
                                                        constraint {
                                                          attribute = "${meta.zone}"
                                                          value     = var.password
                                                        }
                                                        """)));
        assertThat(change.plan().getJobs(0).getPlacementFailures(0).getMessage())
                .contains("${meta.zone} = (sensitive)");
        assertThat(change.plan().toByteString().toString(UTF_8)).doesNotContain("horse");
    }

    @Test
    void goneVariableOfARestoredJobIsNamed() {
        planner.with(Map.of("password", "horse-battery"));
        PlanFixture fixture = jobWith("var.password");
        Rendering kept = planner.plan(fixture).rendering();
        planner.with(Map.of());
        GatewayException refusal =
                org.assertj.core.api.Assertions.catchThrowableOfType(
                        GatewayException.class,
                        () -> planner.planner().planRestored(fixture.request(), kept));
        assertThat(refusal.text()).contains("\"password\"").contains("no longer has");
    }

    @Test
    void releaseMayNotOverrideASensitiveVariable() {
        planner.with(Map.of("password", "horse-battery"));
        GatewayException refusal =
                planner.refusal(jobWith("var.password").releaseVariables("{\"password\": \"x\"}"));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.text()).contains("\"password\"");
    }
}
