package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.Purge;
import dev.drover.gateway.cluster.RunningJob;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.FailureCause;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody else is at a job of a real Nomad while a canary of it waits: the promotion says so and
 * ends, and what they made of the job stays.
 */
class OutOfBandTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private static final Map<Stranger, Waiting> SHOPS = new EnumMap<>(Stranger.class);

    /** What people do past Drover, and what is to be said of it. */
    enum Stranger {
        EDITS("changed to version 2"),
        SCALES("changed to version 2"),
        STOPS("stopped"),
        PURGES("the job was purged"),
        PURGES_AND_RUNS_AGAIN("purged"),
        PROMOTES("somebody else promoted the canaries"),
        FAILS("somebody else failed the deployment"),
        REVERTS("changed to version 2");

        private final String told;

        Stranger(String told) {
            this.told = told;
        }
    }

    /** A canary of a second release that waits for a person. */
    private record Waiting(LiveShop shop, String namespace, String promotion) {
        /** All of them start at once: their waits for Nomad overlap. */
        static Waiting start() {
            String namespace = NOMAD.freshNamespace();
            LiveShop shop = new LiveShop(NOMAD.clusters(), namespace);
            return new Waiting(shop, namespace, shop.promote(job("one")));
        }

        Waiting second() {
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            return new Waiting(shop, namespace, shop.canaryByHand().promote(job("two")));
        }
    }

    @BeforeAll
    static void canariesWait() {
        for (Stranger stranger : Stranger.values()) {
            SHOPS.put(stranger, Waiting.start());
        }
        SHOPS.replaceAll((stranger, one) -> one.second());
        SHOPS.values().forEach(one -> one.shop().waits(one.promotion()));
    }

    @AfterAll
    static void close() {
        SHOPS.values().forEach(one -> one.shop().close());
    }

    @ParameterizedTest
    @EnumSource
    void isNamedAndWhatTheyMadeOfTheJobStays(Stranger stranger) {
        Waiting waiting = Objects.requireNonNull(SHOPS.get(stranger));
        act(stranger, waiting.namespace());
        Promotion promotion = waiting.shop().ended(waiting.promotion(), Promotion.State.FAILED);
        assertThat(promotion.getFailureCause()).isEqualTo(FailureCause.CHANGED_OUT_OF_BAND);
        assertThat(promotion.getStateMessage()).contains(stranger.told);
        assertThat(promotion.getRolledBackBy()).isEmpty();
        assertLeftAsItIs(stranger, waiting.namespace());
    }

    @Test
    void deploymentPausedBySomebodyElseIsToldAndGoesOnWhenTheyLetIt() {
        String namespace = NOMAD.freshNamespace();
        try (LiveShop shop = new LiveShop(NOMAD.clusters(), namespace)) {
            String promotion =
                    shop.promote(TestJobs.service(LiveShop.JOB).minHealthy(Duration.ofSeconds(2)));
            LiveShop.until(() -> deployment(namespace).hasNonNull("ID"));
            pause(namespace, true);
            LiveShop.until(() ->
                    shop.promotion(promotion)
                            .getStateMessage()
                            .contains("somebody else paused the deployment"));
            pause(namespace, false);
            shop.ended(promotion, Promotion.State.SUCCEEDED);
            assertThat(versions(namespace)).hasSize(1);
        }
    }

    private static void act(Stranger stranger, String namespace) {
        switch (stranger) {
            case EDITS -> register(namespace, job("theirs"));
            // Nomad's own scale call is refused while a deployment is active.
            case SCALES -> register(namespace, job("two").count(3));
            case STOPS -> NOMAD.cluster().stop(namespace, LiveShop.JOB, false);
            case PURGES -> Purge.job(NOMAD.cluster(), namespace, LiveShop.JOB);
            case PURGES_AND_RUNS_AGAIN -> {
                Purge.job(NOMAD.cluster(), namespace, LiveShop.JOB);
                register(namespace, job("theirs"));
            }
            case PROMOTES -> post(namespace, "deployment/promote", ",\"All\":true");
            case FAILS -> post(namespace, "deployment/fail", "");
            case REVERTS ->
                    call(namespace, "job/web/revert", "{\"JobID\":\"web\",\"JobVersion\":0}");
        }
    }

    private static void assertLeftAsItIs(Stranger stranger, String namespace) {
        List<String> values = versions(namespace).stream().map(OutOfBandTest::value).toList();
        switch (stranger) {
            case EDITS -> assertThat(values).containsExactly("theirs", "two", "one");
            case SCALES -> assertThat(values).containsExactly("two", "two", "one");
            case STOPS -> assertThat(running(namespace).stopped()).isTrue();
            case PURGES -> assertThat(NOMAD.cluster().job(namespace, LiveShop.JOB)).isEmpty();
            case PURGES_AND_RUNS_AGAIN -> assertThat(values).containsExactly("theirs");
            case PROMOTES, FAILS -> assertThat(values).containsExactly("two", "one");
            case REVERTS -> assertThat(values).containsExactly("one", "two", "one");
        }
    }

    private static TestJobs job(String value) {
        return TestJobs.service(LiveShop.JOB).count(2).release(value);
    }

    private static void register(String namespace, TestJobs job) {
        RunningJob now = NOMAD.cluster().job(namespace, LiveShop.JOB).orElse(null);
        NOMAD.cluster()
                .register(
                        namespace,
                        job.json(),
                        now == null ? 0 : now.indexes().spec(),
                        Submission.NONE);
    }

    private static void pause(String namespace, boolean paused) {
        post(namespace, "deployment/pause", ",\"Pause\":" + paused);
    }

    private static void post(String namespace, String verb, String more) {
        String id = deployment(namespace).path("ID").asText();
        call(namespace, verb + "/" + id, "{\"DeploymentID\":\"" + id + "\"" + more + "}");
    }

    private static JsonNode deployment(String namespace) {
        return NOMAD.agent().api().get("/v1/job/web/deployment?namespace=" + namespace);
    }

    private static void call(String namespace, String path, String body) {
        NOMAD.agent().api().call("POST", "/v1/" + path + "?namespace=" + namespace, body);
    }

    private static RunningJob running(String namespace) {
        return NOMAD.cluster().job(namespace, LiveShop.JOB).orElseThrow();
    }

    private static List<JobVersion> versions(String namespace) {
        return NOMAD.cluster().versions(namespace, LiveShop.JOB);
    }

    private static String value(JobVersion version) {
        return Arrays.stream(version.spec().findValuesAsText("RELEASE").toArray(String[]::new))
                .collect(Collectors.joining());
    }
}
