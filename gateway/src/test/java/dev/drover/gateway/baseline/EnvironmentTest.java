package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.drover.gateway.audit.AuditRecord;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.JobBaseline;
import dev.drover.v1.Project;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final String NAME = "projects/shop/environments/staging";
    private static final String SECRET = "correct horse battery staple";

    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.create("projects/shop", Project.getDefaultInstance());
        baseline.create(
                "clusters/local", Cluster.newBuilder().addServers("http://127.0.0.1:1").build());
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void sensitiveValuesAreKeptEncryptedAndNeverReturned() {
        Environment created = baseline.create(NAME, withSecret(SECRET));
        assertThat(created.getSensitiveVariablesMap()).isEmpty();
        assertThat(created.getSensitiveVariableDigestsMap()).containsOnlyKeys("password");
        assertThat(baseline.sensitive.of(NAME).current()).containsEntry("password", SECRET);
        for (String kind : new String[] {"Environment", "SensitiveVariables"}) {
            String stored =
                    baseline.store
                            .records()
                            .get(kind, NAME)
                            .orElseThrow()
                            .body()
                            .toString(StandardCharsets.ISO_8859_1);
            assertThat(stored).doesNotContain(SECRET);
        }
        assertThat(baseline.store.audit().entries(0, 100))
                .extracting(AuditRecord::leaf)
                .noneMatch(leaf -> leaf.toStringUtf8().contains(SECRET));
    }

    @Test
    void aRotatedValueHasAnotherDigestAndTheFormerOneStaysKnownForRedaction() {
        Environment created = baseline.create(NAME, withSecret(SECRET));
        Environment rotated =
                baseline.update(
                        withSecret("other").toBuilder().setName(NAME).build(),
                        "sensitive_variables");
        assertThat(rotated.getSensitiveVariableDigestsOrThrow("password"))
                .isNotEqualTo(created.getSensitiveVariableDigestsOrThrow("password"));
        assertThat(baseline.sensitive.of(NAME).current()).containsEntry("password", "other");
        assertThat(baseline.sensitive.of(NAME).former()).containsExactly(SECRET);
    }

    @Test
    void theSameSensitiveValuesAgainChangeNothing() {
        Environment created = baseline.create(NAME, withSecret(SECRET));
        long entries = baseline.store.audit().size();
        Environment again =
                baseline.update(
                        withSecret(SECRET).toBuilder().setName(NAME).build(),
                        "sensitive_variables");
        assertThat(again).isEqualTo(created);
        assertThat(baseline.store.audit().size()).isEqualTo(entries);
    }

    @Test
    void anUpdateThatDoesNotNameThemLeavesSensitiveValues() {
        Environment created = baseline.create(NAME, withSecret(SECRET));
        Environment updated =
                baseline.update(created.toBuilder().setDisplayName("Staging").build(), "*");
        assertThat(updated.getSensitiveVariableDigestsMap())
                .isEqualTo(created.getSensitiveVariableDigestsMap());
        assertThat(baseline.sensitive.of(NAME).current()).containsEntry("password", SECRET);
    }

    @Test
    void anUpdateThatNamesThemWithoutValuesRemovesThem() {
        Environment created = baseline.create(NAME, withSecret(SECRET));
        Environment updated = baseline.update(created, "sensitive_variables");
        assertThat(updated.getSensitiveVariableDigestsMap()).isEmpty();
        assertThat(baseline.sensitive.of(NAME).current()).isEmpty();
        assertThat(baseline.sensitive.of(NAME).all()).containsExactly(SECRET);
    }

    @Test
    void deletionForgetsSensitiveValues() {
        baseline.create(NAME, withSecret(SECRET));
        baseline.delete(Environment.class, NAME);
        assertThat(baseline.sensitive.of(NAME).all()).isEmpty();
        assertThat(baseline.store.records().get("SensitiveVariables", NAME)).isEmpty();
    }

    @Test
    void aVariableCannotBeOpenAndSensitiveAtOnce() {
        baseline.create(NAME, withSecret(SECRET));
        GatewayException refusal =
                baseline.refusal(
                        baseline.updateRequest(
                                Environment.newBuilder()
                                        .setName(NAME)
                                        .setVariables(variables(Map.of("password", "x")))
                                        .build()));
        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(refusal.details().fields().getFirst().field())
                .isEqualTo("environment.variables[\"password\"]");
    }

    @Test
    void aVariableMustHaveTheNameOfAnHclVariable() {
        GatewayException refusal =
                baseline.refusal(
                        baseline.createRequest(
                                NAME,
                                valid().setVariables(variables(Map.of("1st", "x")))
                                        .putSensitiveVariables("a b", "x")
                                        .build()));
        assertThat(refusal)
                .hasMessageContaining("environment.variables[\"1st\"]: '1st' is not the name")
                .hasMessageContaining("environment.sensitive_variables[\"a b\"]");
    }

    @Test
    void theAuditEntryNamesTheVariablesThatChangedAndNotTheirValues() {
        baseline.create(NAME, valid().setVariables(variables(Map.of("a", "1", "b", "2"))).build());
        baseline.update(
                Environment.newBuilder()
                        .setName(NAME)
                        .setVariables(variables(Map.of("a", "1", "b", "very-special")))
                        .build());
        var event = baseline.store.audit().entries(baseline.store.audit().size() - 1, 1).getFirst();
        assertThat(event.event().details()).containsEntry("changedFields", "variables[\"b\"]");
        assertThat(event.leaf().toStringUtf8()).doesNotContain("very-special");
    }

    @Test
    void aNestedPathOfTheMaskChangesOnlyThatField() {
        Environment created =
                baseline.create(
                        NAME,
                        valid().setJobBaseline(
                                        JobBaseline.newBuilder()
                                                .setNodePool("big")
                                                .putEnv("A", "1"))
                                .build());
        Environment updated =
                baseline.update(
                        created.toBuilder()
                                .setJobBaseline(JobBaseline.newBuilder().putEnv("B", "2"))
                                .build(),
                        "job_baseline.env");
        assertThat(updated.getJobBaseline().getNodePool()).isEqualTo("big");
        assertThat(updated.getJobBaseline().getEnvMap()).containsOnlyKeys("B");
    }

    @Test
    void anImmutableFieldIsRefusedWithItsPath() {
        Environment created = baseline.create(NAME, valid().build());
        GatewayException refusal =
                baseline.refusal(
                        baseline.updateRequest(created.toBuilder().setNamespace("apps").build()));
        assertThat(refusal.reason()).isEqualTo(Reason.IMMUTABLE_FIELD);
        assertThat(refusal.details().fields().getFirst().field())
                .isEqualTo("environment.namespace");
    }

    @Test
    void aDefaultIsNotWrittenIntoTheFieldAndMayBeWrittenLater() {
        Environment created = baseline.create(NAME, valid().build());
        assertThat(created.getNamespace()).isEmpty();
        Environment updated =
                baseline.update(created.toBuilder().setNamespace("default").build(), "namespace");
        assertThat(updated.getNamespace()).isEqualTo("default");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        GatewayException refusal =
                baseline.refusal(
                        baseline.createRequest(
                                NAME,
                                Environment.newBuilder()
                                        .setNamespace("no spaces")
                                        .setVariables(variables(Map.of("1st", "x")))
                                        .build()));
        assertThat(refusal.details().fields())
                .extracting(each -> each.field())
                .contains(
                        "environment.cluster",
                        "environment.namespace",
                        "environment.variables[\"1st\"]");
    }

    private static Environment.Builder valid() {
        return Environment.newBuilder().setCluster("clusters/local");
    }

    private static Environment withSecret(String value) {
        return valid().putSensitiveVariables("password", value).build();
    }

    private static Struct variables(Map<String, String> values) {
        Struct.Builder struct = Struct.newBuilder();
        values.forEach((name, value) ->
                struct.putFields(name, Value.newBuilder().setStringValue(value).build()));
        return struct.build();
    }
}
