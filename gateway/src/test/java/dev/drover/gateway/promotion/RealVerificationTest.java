package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.outbound.AllowedHosts;
import dev.drover.gateway.outbound.GuardedClient;
import dev.drover.v1.ComparisonMeasurement;
import dev.drover.v1.FailureCause;
import dev.drover.v1.HttpMeasurement;
import dev.drover.v1.JobMeasurement;
import dev.drover.v1.NomadMeasurement;
import dev.drover.v1.PrometheusMeasurement;
import dev.drover.v1.Promotion;
import dev.drover.v1.QueryRange;
import dev.drover.v1.Sample;
import dev.drover.v1.Verification;
import dev.drover.v1.VerificationRun;
import dev.drover.v1.WorseDirection;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifications of jobs on a real Nomad, by a real Prometheus that scrapes them. */
class RealVerificationTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final Vertx vertx = Vertx.vertx();
    private final GuardedClient outbound =
            new GuardedClient(vertx, AllowedHosts.of(List.of("127.0.0.1")), "", variable -> null);
    private final PromotionLab lab =
            new PromotionLab(NOMAD.clusters(), InstantSource.system(), EngineLimits.DEFAULT);
    private String staging = "";
    private RealPrometheus prometheus;

    @BeforeEach
    void declare() {
        lab.outbound(outbound);
        staging = NOMAD.freshNamespace();
        prometheus =
                RealPrometheus.start(
                        () -> NOMAD.agent().api().get("/v1/service/web?namespace=" + staging));
        lab.nouns().declare(staging, NOMAD.freshNamespace(), Map.of("web", 0));
    }

    @AfterEach
    void close() {
        prometheus.close();
        lab.close();
        outbound.close();
        vertx.close().await();
    }

    @Test
    void aReleaseThatIsWellPassesEveryKindAndASlowerOneIsTakenBackByComparison() {
        lab.nouns()
                .verifications(
                        Map.of(
                                "checks", nomad(),
                                "latency",
                                        latency(
                                                "max(web_latency_ms{alloc_id=~\"{{allocations}}\"})"),
                                "ready", ready(),
                                "smoke", batch(0)));
        try (Engine engine = lab.engine()) {
            engine.start();
            Promotion good = ended(lab.promote(release("1-0-0", 10), TestNouns.STAGING));
            assertThat(good.getState()).as("%s", good).isEqualTo(Promotion.State.SUCCEEDED);
            assertThat(good.getVerificationRunsList())
                    .hasSize(4)
                    .allMatch(run -> run.getState() == VerificationRun.State.PASSED)
                    .allMatch(run -> run.getSamplesCount() >= 1);
            // Enough of the old one for a comparison.
            await().atMost(java.time.Duration.ofMinutes(3))
                    .until(() ->
                            prometheus
                                    .query("count_over_time(web_latency_ms[30s]) > 12")
                                    .contains("alloc_id"));
            lab.nouns().verifications(Map.of("slower", comparison()));
            Promotion slow = ended(lab.promote(release("1-1-0", 100), TestNouns.STAGING));
            assertThat(slow.getState()).as("%s", slow).isEqualTo(Promotion.State.ROLLED_BACK);
            assertThat(slow.getFailureCause()).isEqualTo(FailureCause.VERIFICATION_FAILED);
            VerificationRun run = slow.getVerificationRuns(4);
            Sample last = run.getSamples(run.getSamplesCount() - 1);
            assertThat(last.getResult()).isEqualTo(Sample.Result.FAILURE);
            assertThat(last.getMessage()).contains("p_value < 0.01 && ratio > 1.2 is true");
            assertThat(last.getValuesMap()).containsKeys("p_value", "ratio");
            assertThat(run.getSamplesList())
                    .anySatisfy(sample ->
                            assertThat(sample.getRequest()).contains("canary: ", "stable: "));
        }
        assertThat(NOMAD.cluster().versions(staging, "web")).hasSize(3);
        assertThat(NOMAD.cluster().job(staging, "web").orElseThrow().spec().toString())
                .contains("10 + i");
    }

    @Test
    void aBatchJobThatFailsIsToldWithItsExitCode() {
        lab.nouns().verifications(Map.of("smoke", batch(3)));
        try (Engine engine = lab.engine()) {
            engine.start();
            Promotion failed = ended(lab.promote(release("1-0-0", 10), TestNouns.STAGING));
            assertThat(failed.getState()).as("%s", failed).isEqualTo(Promotion.State.FAILED);
            assertThat(failed.getStateMessage()).contains("smoke", "Exit Code: 3");
        }
    }

    @Test
    void aQueryThatPrometheusDoesNotUnderstandWaitsForAPersonWithItsWords() {
        lab.nouns().verifications(Map.of("latency", latency("sum(")));
        try (Engine engine = lab.engine()) {
            engine.start();
            String promotion = lab.promote(release("1-0-0", 10), TestNouns.STAGING);
            await().atMost(java.time.Duration.ofMinutes(3))
                    .untilAsserted(() ->
                            assertThat(lab.promotion(promotion).getStateMessage())
                                    .contains(
                                            "waits for a person",
                                            "Prometheus does not understand the query",
                                            "parse error"));
        }
    }

    /** Serves its latency, which goes up and down by 9 ms, as a metric that Prometheus scrapes. */
    private static String web(int latency, Path server) {
        return """
        job "web" {
          group "web" {
            network {
              port "http" {}
            }
            service {
              name     = "web"
              provider = "nomad"
              port     = "http"
              check {
                type     = "http"
                path     = "/metrics"
                interval = "1s"
                timeout  = "1s"
              }
            }
            update {
              min_healthy_time  = "500ms"
              healthy_deadline  = "30s"
              progress_deadline = "40s"
            }
            task "serve" {
              driver = "raw_exec"
              config {
                command = "/bin/sh"
                args    = ["-c", <<EOF
        mkdir -p local/www
        i=0
        step() {
          i=$(( (i * 7 + 3) %% 10 ))
          echo "web_latency_ms $(( %d + i ))" > local/www/new
          mv local/www/new local/www/metrics
        }
        step
        %s -b 127.0.0.1 -p $NOMAD_PORT_http -d $PWD/local/www -o none &
        while kill -0 $!; do step; sleep 0.3; done
        EOF
                ]
              }
              resources {
                cpu    = 50
                memory = 64
              }
            }
          }
        }
        """
                .formatted(latency, server);
    }

    private static String ending(int exitCode) {
        return """
        job "smoke" {
          type = "batch"
          group "smoke" {
            restart {
              attempts = 0
            }
            reschedule {
              attempts  = 0
              unlimited = false
            }
            task "smoke" {
              driver = "raw_exec"
              config {
                command = "/bin/sh"
                args    = ["-c", "exit %d"]
              }
            }
          }
        }
        """
                .formatted(exitCode);
    }

    private static Verification nomad() {
        return Verification.newBuilder()
                .setNomad(
                        NomadMeasurement.newBuilder()
                                .setSuccessCondition("healthy == desired && checks_passing == 1"))
                .setInterval(seconds(1))
                .setMeasurements(10)
                .setFailureLimit(9)
                .build();
    }

    private Verification latency(String query) {
        return Verification.newBuilder()
                .setPrometheus(
                        PrometheusMeasurement.newBuilder()
                                .setAddress(prometheus.address().toString())
                                .setQuery(query)
                                .setSuccessCondition("value < 500"))
                .setInterval(seconds(1))
                .setMeasurements(20)
                .setInconclusiveLimit(19)
                .build();
    }

    private Verification ready() {
        return Verification.newBuilder()
                .setHttp(
                        HttpMeasurement.newBuilder()
                                .setUrl(prometheus.address() + "/-/ready")
                                .setSuccessCondition(
                                        "status == 200 && body.contains('Ready') && latency < duration('4s')"))
                .build();
    }

    private static Verification batch(int exitCode) {
        return Verification.newBuilder()
                .setJob(JobMeasurement.newBuilder().setJobspec(ending(exitCode)))
                .build();
    }

    private Verification comparison() {
        return Verification.newBuilder()
                .setComparison(
                        ComparisonMeasurement.newBuilder()
                                .setAddress(prometheus.address().toString())
                                .setQuery("web_latency_ms{alloc_id=~\"{{allocations}}\"}")
                                .setRange(
                                        QueryRange.newBuilder()
                                                .setDuration(seconds(30))
                                                .setStep(seconds(1)))
                                .setWorse(WorseDirection.HIGHER)
                                .setMinSamples(10)
                                .setFailureCondition("p_value < 0.01 && ratio > 1.2"))
                .setInterval(seconds(1))
                .setMeasurements(60)
                .setInconclusiveLimit(59)
                .build();
    }

    private String release(String id, int latency) {
        Path server = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
        return lab.nouns()
                .release(
                        id,
                        Map.of("web", NOMAD.cluster().parse(staging, web(latency, server), "")));
    }

    private Promotion ended(String promotion) {
        await().atMost(java.time.Duration.ofMinutes(3))
                .pollInterval(java.time.Duration.ofMillis(100))
                .untilAsserted(() ->
                        assertThat(PromotionStates.ended(lab.promotion(promotion)))
                                .as("%s", lab.promotion(promotion))
                                .isTrue());
        return lab.promotion(promotion);
    }

    private static Duration seconds(long seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
