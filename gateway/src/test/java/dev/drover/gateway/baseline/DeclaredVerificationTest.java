package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway refuses verifications that could never be taken, by field of the request. */
class DeclaredVerificationTest {
    private final TestBaseline baseline = new TestBaseline();

    @BeforeEach
    void prepare() {
        baseline.createSamples();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void conditionThatDoesNotTypeCheckIsRefusedWithItsPlace() {
        GatewayException refusal = refused("up", "value < '1'");
        assertThat(refusal.reason()).isEqualTo(Reason.EXPRESSION_INVALID);
        assertThat(refusal)
                .hasMessageContaining(
                        "verification.prometheus.success_condition: line 1, column 7: ");
        assertThat(refused("up", "series.all(s, s.lables['zone'] != '')"))
                .hasMessageContaining("there is no field `lables`; did you mean `labels`?");
    }

    @Test
    void placeholderThatNobodyFillsIsRefusedWithItsPlace() {
        assertThat(refused("up{alloc_id=~\"{{alocations}}\"}", "value < 1.0"))
                .hasMessageContaining(
                        "verification.prometheus.query: line 1, column 15: unknown placeholder {{alocations}}; did you mean {{allocations}}?");
    }

    private GatewayException refused(String query, String condition) {
        return baseline.refusal(
                baseline.createRequest(
                        "projects/shop/verifications/errors",
                        Verification.newBuilder()
                                .setPrometheus(
                                        PrometheusMeasurement.newBuilder()
                                                .setAddress("http://prometheus:9090")
                                                .setQuery(query)
                                                .setSuccessCondition(condition))
                                .build()));
    }
}
