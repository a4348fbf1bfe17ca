package dev.drover.gateway.nomad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.gateway.cluster.ClusterLimits;
import dev.drover.gateway.cluster.ClusterSettings;
import dev.drover.gateway.cluster.ClusterTls;
import dev.drover.gateway.cluster.JobHint;
import dev.drover.gateway.cluster.SecretReference;
import dev.drover.gateway.cluster.Watch;
import dev.drover.gateway.cluster.WatchState;
import dev.drover.gateway.cluster.WatchState.Phase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a subscription survives what Nomad's event stream does. */
class EventWatchTest {

    private static final String JOB_EVENT =
            """
            {"Index":12,"Events":[{"Topic":"Job","Type":"JobRegistered","Key":"web","Namespace":"prod","FilterKeys":null,\
            "Index":12,"Payload":{"Job":{"ID":"web"}}},{"Topic":"Allocation","Type":"PlanResult","Key":"a1",\
            "Namespace":"prod","FilterKeys":["api","d1"],"Index":12,"Payload":{"Allocation":{"ID":"a1"}}}]}
            """;

    private final List<JobHint> hints = new CopyOnWriteArrayList<>();
    private final List<Phase> phases = new CopyOnWriteArrayList<>();
    private Vertx vertx;
    private ScriptedServer server;
    private final List<ConfiguredClusters> opened = new ArrayList<>();

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        server = ScriptedServer.start(vertx);
    }

    @AfterEach
    void stop() {
        opened.forEach(ConfiguredClusters::close);
        vertx.close().await();
    }

    @Test
    void eventsBecomeHintsAboutTheirJobs() {
        server.does(request -> stream(request, "{}\n" + JOB_EVENT));

        Watch watch = watch(Duration.ofSeconds(30), Duration.ofSeconds(30));

        await().untilAsserted(() ->
                assertThat(hints)
                        .containsExactly(
                                JobHint.EVERYTHING,
                                new JobHint("prod", "web"),
                                new JobHint("prod", "api")));
        assertThat(watch.state().phase()).isEqualTo(Phase.LIVE);
        assertThat(watch.state().hints()).isEqualTo(3);
        assertThat(server.requests().getFirst().uri())
                .isEqualTo(
                        "/v1/event/stream?namespace=prod&topic=Job&topic=Deployment&topic=Allocation&topic=Evaluation");
    }

    @Test
    void streamThatSaysNothingIsDeniedAndTriedAgain() {
        server.does(request -> stream(request, "")).does(request -> stream(request, "{}\n"));

        Watch watch = watch(Duration.ofMillis(300), Duration.ofSeconds(30));

        await().until(() -> watch.state().phase() == Phase.LIVE);
        assertThat(phases).containsExactly(Phase.DENIED, Phase.LIVE);
        assertThat(hints).containsExactly(JobHint.EVERYTHING);
    }

    @Test
    void streamThatFallsSilentIsOpenedAnewWhereItStopped() {
        server.does(request -> stream(request, "{}\n" + JOB_EVENT))
                .does(request -> stream(request, "{}\n"));

        Watch watch = watch(Duration.ofSeconds(30), Duration.ofMillis(600));

        await().until(() -> watch.state().connections() == 2);
        assertThat(phases).startsWith(Phase.LIVE, Phase.BACKING_OFF, Phase.LIVE);
        assertThat(hints.getLast()).isEqualTo(JobHint.EVERYTHING);
        assertThat(server.requests().get(1).uri()).endsWith("&index=12");
    }

    @Test
    void streamThatEndsOrBreaksIsOpenedAnew() {
        server.does(request -> stream(request, "{}\n{\"Index\":1")).breaks();
        server.answers(500, "No cluster leader");
        server.does(request -> stream(request, "{}\n"));

        Watch watch = watch(Duration.ofSeconds(30), Duration.ofSeconds(30));
        await().until(() -> watch.state().phase() == Phase.LIVE);
        server.requests().getFirst().connection().close();

        await().until(() -> watch.state().connections() == 2);
        assertThat(phases).contains(Phase.BACKING_OFF).doesNotContain(Phase.DENIED);
    }

    @Test
    void closedWatchHearsNothingMoreAndLeavesNoConnection() {
        server.does(request -> stream(request, "{}\n"));
        Watch watch = watch(Duration.ofSeconds(30), Duration.ofSeconds(30));
        await().until(() -> watch.state().phase() == Phase.LIVE);

        watch.close();

        await().until(() -> watch.state().phase() == Phase.CLOSED);
        await().until(() -> server.requests().getFirst().response().closed());
    }

    private static void stream(HttpServerRequest request, String lines) {
        request.response().setChunked(true).writeHead();
        if (!lines.isEmpty()) {
            request.response().write(lines);
        }
    }

    private Watch watch(Duration firstLine, Duration silence) {
        ClusterSettings settings =
                new ClusterSettings(
                        "clusters/eu",
                        List.of(server.address()),
                        "",
                        SecretReference.NONE,
                        ClusterTls.SYSTEM,
                        ClusterLimits.DEFAULT);
        NomadListener listener =
                new NomadListener() {
                    @Override
                    public void finished(
                            String cluster, String call, String outcome, Duration took) {}

                    @Override
                    public void watchChanged(String cluster, String namespace, WatchState state) {
                        phases.add(state.phase());
                    }
                };
        ConfiguredClusters clusters =
                new ConfiguredClusters(
                        name -> settings,
                        name -> null,
                        new NomadRuntime(
                                vertx,
                                InstantSource.system(),
                                new Random(1),
                                listener,
                                new WatchTimings(
                                        firstLine,
                                        silence,
                                        Duration.ofMinutes(10),
                                        Duration.ofMillis(20),
                                        Duration.ofMillis(100))));
        opened.add(clusters);
        return clusters.cluster("clusters/eu").watch("prod", hints::add);
    }
}
