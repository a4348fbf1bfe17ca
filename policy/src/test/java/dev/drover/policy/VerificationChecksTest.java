package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.HttpHeader;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.NomadMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Verification;
import dev.drover.v1.WorseDirection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationChecksTest {

    private static List<String> told(Verification verification) {
        return new DeclarationChecks(new PolicyLanguage())
                .check(verification).stream()
                        .map(problem -> problem.path() + ": " + problem.description())
                        .toList();
    }

    private static Verification http(HttpMeasurement.Builder http) {
        return Verification.newBuilder()
                .setHttp(http.setUrl(http.getUrl().isEmpty() ? "http://web/" : http.getUrl()))
                .build();
    }

    private static HttpMeasurement.Builder condition(String condition) {
        return HttpMeasurement.newBuilder().setSuccessCondition(condition);
    }

    private static PrometheusMeasurement.Builder query(String query, String condition) {
        return PrometheusMeasurement.newBuilder()
                .setAddress("http://prometheus:9090")
                .setQuery(query)
                .setSuccessCondition(condition);
    }

    private static Verification prometheus(PrometheusMeasurement.Builder asked) {
        return Verification.newBuilder().setPrometheus(asked).build();
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    @Test
    void everyKindHasADeclarationThatPasses() {
        assertThat(told(http(condition("status == 200 && latency < duration('500ms')")))).isEmpty();
        assertThat(told(prometheus(query("sum(up)", "value >= 1.0")))).isEmpty();
        assertThat(
                        told(
                                Verification.newBuilder()
                                        .setNomad(NomadMeasurement.getDefaultInstance())
                                        .build()))
                .isEmpty();
        assertThat(
                        told(
                                Verification.newBuilder()
                                        .setJob(JobMeasurement.newBuilder().setJobspec("job {}"))
                                        .build()))
                .isEmpty();
        assertThat(told(comparison("up{alloc_id=~\"{{allocations}}\"}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status == 200                 | ",
                "status in [200, 204]          | ",
                "body.contains('ok')           | ",
                "headers['x-version'] == 'b'   | ",
                "latency < duration('1s')      | ",
                "statsu == 200 | line 1, column 1: unknown variable `statsu`; did you mean `status`?",
                "status == '200' | line 1, column 8: ",
                "status | line 1, column 1: the expression must yield bool, but yields int",
                "value < 1.0 | line 1, column 1: unknown variable `value`; the variables are status, body,",
            })
    void conditionsOverHttpAreTypeCheckedWithPosition(String condition, String problem) {
        List<String> told = told(http(condition(condition)));
        if (problem == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("http.success_condition: " + problem);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value < 1",
                "values.all(v, v < 0.01)",
                "size(series) == 0",
                "series.all(s, s.labels['zone'] != '' && s.value < 1.0)",
            })
    void conditionsOverMetricsSeeValuesAndSeries(String condition) {
        assertThat(told(prometheus(query("up", condition)))).isEmpty();
    }

    @Test
    void aFieldOfASeriesThatDoesNotExistIsNamedWithWhatWasMeant() {
        assertThat(told(prometheus(query("up", "series.all(s, s.lables['a'] == '')"))))
                .containsExactly(
                        "prometheus.success_condition: line 1, column 17: there is no field"
                                + " `lables`; did you mean `labels`?");
    }

    @Test
    void withoutAKindOrAConditionNothingCanBeMeasured() {
        assertThat(told(Verification.getDefaultInstance()))
                .containsExactly("kind: needs one of nomad, http, prometheus, job and comparison");
        assertThat(told(http(HttpMeasurement.newBuilder())))
                .containsExactly("http: needs success_condition, failure_condition or both");
    }

    @Test
    void placeholdersAreKnownAndWhereTheyMayBe() {
        assertThat(told(http(condition("true").setUrl("http://{{variables.host}}/{{relaese}}"))))
                .containsExactly(
                        "http.url: line 1, column 27: unknown placeholder {{relaese}}; did you"
                                + " mean {{release}}?");
        assertThat(told(http(condition("true").setUrl("http://web/{{allocations}}"))))
                .containsExactly(
                        "http.url: line 1, column 12: {{allocations}} stands in queries only");
        assertThat(told(prometheus(query("up{a=\"{{alloc", "value > 0.0"))))
                .containsExactly(
                        "prometheus.query: line 1, column 7: `{{` begins a placeholder that does"
                                + " not end; write {{release}}");
    }

    @Test
    void aComparisonMustTellNewFromOld() {
        assertThat(told(comparison("up")))
                .singleElement()
                .asString()
                .startsWith("comparison.query: needs {{allocations}}");
    }

    @Test
    void limitsThatNothingExceedsAreRefused() {
        Verification verification =
                http(condition("true")).toBuilder().setMeasurements(3).setFailureLimit(3).build();
        assertThat(told(verification))
                .containsExactly(
                        "failure_limit: 3 is never exceeded by 3 measurements; it must be below"
                                + " that");
    }

    @Test
    void timesOutOfBoundsAreToldWithTheBounds() {
        Verification verification =
                http(condition("true").setTimeout(seconds(31))).toBuilder()
                        .setInterval(Duration.newBuilder().setNanos(500_000_000))
                        .setHoldLimit(seconds(-5))
                        .build();
        assertThat(told(verification))
                .containsExactly(
                        "interval: 0.5s must be from 1s to 1h",
                        "hold_limit: -5s must be from 1s to 720h",
                        "http.timeout: 31s must be from 0.1s to 30s");
    }

    @Test
    void aRangeHasABoundedNumberOfValues() {
        PrometheusMeasurement.Builder asked =
                query("up", "value > 0.0")
                        .setRange(
                                QueryRange.newBuilder()
                                        .setDuration(seconds(7200))
                                        .setStep(seconds(1)));
        assertThat(told(prometheus(asked)))
                .containsExactly(
                        "prometheus.range.step: gives 7200 values of each series; at most 1000");
        asked.getRangeBuilder().setDuration(seconds(5)).setStep(seconds(10));
        assertThat(told(prometheus(asked)))
                .containsExactly("prometheus.range.step: is longer than the whole range");
    }

    @Test
    void headersHaveOneSourceAndAreNotTheClientsOwn() {
        HttpMeasurement.Builder http =
                condition("true")
                        .addHeaders(HttpHeader.newBuilder().setName("Host").setValue("other"))
                        .addHeaders(
                                HttpHeader.newBuilder()
                                        .setName("Authorization")
                                        .setValue("x")
                                        .setValueFrom("env:X"))
                        .addHeaders(HttpHeader.newBuilder().setName("A b").setValue("x"))
                        .addHeaders(HttpHeader.newBuilder().setName("X").setValue("a\r\nY: b"))
                        .addHeaders(HttpHeader.newBuilder().setName("X").setValueFrom("secret"));
        assertThat(told(http(http)))
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("http.headers[0].name: Host is set by"))
                .anyMatch(problem -> problem.startsWith("http.headers[1]: needs one of"))
                .anyMatch(problem -> problem.startsWith("http.headers[2].name: \"A b\" must match"))
                .anyMatch(problem -> problem.startsWith("http.headers[3].value: "))
                .anyMatch(problem -> problem.startsWith("http.headers[4].value_from: "));
    }

    private static Verification comparison(String query) {
        return Verification.newBuilder()
                .setComparison(
                        ComparisonMeasurement.newBuilder()
                                .setAddress("http://prometheus:9090")
                                .setQuery(query)
                                .setRange(
                                        QueryRange.newBuilder()
                                                .setDuration(seconds(300))
                                                .setStep(seconds(15)))
                                .setWorse(WorseDirection.HIGHER)
                                .setSuccessCondition("p_value > 0.05 || ratio < 1.1"))
                .build();
    }
}
