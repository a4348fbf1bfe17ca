package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.cluster.Workload;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.Verification;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What only a measurement can tell of a verification names the field, what came instead, and the
 * way out; the promotion waits for a person meanwhile.
 */
class BadMeasurementTest {
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final ScriptedOutbound outbound = new ScriptedOutbound();
    private final PromotionLab lab =
            new PromotionLab(name -> (NomadCluster) nomad, time, EngineLimits.DEFAULT);
    private final EngineDriver engine = new EngineDriver(lab, time);

    @BeforeEach
    void declare() {
        lab.outbound(outbound);
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> Workload.HEALTHY);
        lab.nouns().declare("staging", "prod", Map.of("web", 0));
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    vector | {'metric':{'a':'1','z':'x'},'value':[1,'0']},{'metric':{'a':'2','z':'x'},'value':[1,'0']} | value < 1.0 | prometheus.query yields 2 series, which differ in a, and the condition reads one value: aggregate, for example with sum()
                    vector | ` ` | value < 1.0 | the query yields nothing: no series matches prometheus.query; see that the metric is there and its labels are right
                    vector | {'metric':{},'value':[1,'NaN']} | value < 1.0 | the query yields no number (NaN): prometheus.query divides 0 by 0
                    string | 1,'text' | value < 1.0 | prometheus.query yields a string; a number, a vector or a matrix is needed
                    vector | {'metric':{'region':'x','host':'y'},'value':[1,'0']} | series.all(s, s.labels['zone'] != '') | prometheus.success_condition cannot be evaluated: line 1, column 23: `s.labels` has no key "zone"; test with `in` before you read it; the labels are host, region
                    vector | {'metric':{},'value':[1,'0']} | series.all(s, s.labels['zone'] != '') | prometheus.query yields no labels: keep them, for example with sum by (...)
                    vector | {'metric':{},'value':[1,'0']} | values[3] < 1.0 | prometheus.success_condition cannot be evaluated: line 1, column 7: `values` has no element 3
                    """)
    void measurementThatTheConditionCannotReadIsToldAtItsField(
            String type, String result, String condition, String told) {
        lab.nouns().verifications(Map.of("errors", metric(condition)));
        String answer =
                "{'status':'success','data':{'resultType':'%s','result':[%s]}}"
                        .formatted(type, result)
                        .replace('\'', '"');
        outbound.answering(request -> ScriptedOutbound.received(200, answer));
        assertThat(held()).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {'status':'error','errorType':'bad_data','error':'1:5: parse error: unclosed left parenthesis'}"
                        + " | Prometheus does not understand the query in prometheus.query: 1:5: parse error",
                "200 | {'status':'success','data':{'resultType':'vector','result':[%s]}}"
                        + " | prometheus.query yields 101 series; at most 100: aggregate, for example with sum()",
            })
    void queryThatCannotBeAnsweredIsToldAtItsField(int status, String body, String told) {
        lab.nouns().verifications(Map.of("errors", metric("value < 1.0")));
        String many = "{'metric':{},'value':[1,'0']},".repeat(101).replaceAll(",$", "");
        String answer = body.replace("%s", many).replace('\'', '"');
        outbound.answering(request -> ScriptedOutbound.received(status, answer));
        assertThat(held()).contains(told);
    }

    private static Verification metric(String condition) {
        return Verification.newBuilder()
                .setPrometheus(
                        PrometheusMeasurement.newBuilder()
                                .setAddress("http://prometheus:9090")
                                .setQuery("errors")
                                .setSuccessCondition(condition))
                .setConsecutiveErrorLimit(0)
                .build();
    }

    /** What the promotion says while it waits for a person. */
    private String held() {
        String release =
                lab.nouns()
                        .release(
                                "1.0.0",
                                Map.of(
                                        "web",
                                        TestJobs.service("web")
                                                .minHealthy(Duration.ofSeconds(1))
                                                .release("one")
                                                .json()));
        String promotion = lab.promote(release, TestNouns.STAGING);
        engine.until(
                Duration.ofMinutes(5),
                () -> message(promotion).startsWith("waits for a person until"));
        return message(promotion);
    }

    private String message(String promotion) {
        return lab.promotion(promotion).getStateMessage();
    }
}
