package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.nomad.ClustersAt;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Events are hints: whatever becomes of them, jobs are looked at, and nothing is taken on trust.
 */
class EventStreamTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final Vertx vertx = Vertx.vertx();
    private final NomadProxy proxy = NomadProxy.start(vertx, NOMAD.agent().address());
    private final String namespace = NOMAD.freshNamespace();
    private final ConfiguredClusters clusters =
            ClustersAt.servers(
                    vertx,
                    List.of(proxy.address()),
                    () -> NOMAD.agent().token(),
                    Duration.ofSeconds(5));
    private final AtomicInteger changed = new AtomicInteger();

    /** What becomes of lines. The first one says that the subscription is accepted. */
    enum Stream {
        IS_CUT_AT_EACH_LINE,
        IS_SILENT,
        HAS_GAPS,
        IS_OUT_OF_ORDER,
        REPEATS_ITSELF,
        GOES_BACK_TO_EARLIER_INDEXES,
        IS_NOT_JSON
    }

    @AfterEach
    void close() {
        clusters.close();
        proxy.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource
    void isNoReasonToFailOrToActTwice(Stream stream) {
        proxy.events(of(stream));
        try (LiveShop shop = new LiveShop(clusters, namespace)) {
            shop.succeed(TestJobs.service(LiveShop.JOB).count(2));
        }
        assertThat(changed).hasPositiveValue();
        assertThat(NOMAD.cluster().versions(namespace, LiveShop.JOB)).hasSize(1);
    }

    private Function<Buffer, List<Buffer>> of(Stream stream) {
        List<Buffer> held = new ArrayList<>();
        return line -> {
            if (!line.toString().contains("\"Events\"")) {
                return List.of(line);
            }
            int number = changed.incrementAndGet();
            return switch (stream) {
                case IS_CUT_AT_EACH_LINE -> {
                    proxy.cut();
                    yield List.of(line);
                }
                case IS_SILENT -> List.of();
                case HAS_GAPS -> number % 3 == 0 ? List.of(line) : List.of();
                case IS_OUT_OF_ORDER -> {
                    held.add(line);
                    yield held.size() < 3 ? List.of() : backwards(held);
                }
                case REPEATS_ITSELF -> List.of(line, line, line);
                case GOES_BACK_TO_EARLIER_INDEXES ->
                        List.of(
                                Buffer.buffer(
                                        line.toString()
                                                .replaceFirst("\"Index\":\\d+", "\"Index\":1")));
                case IS_NOT_JSON -> List.of(Buffer.buffer("event dropped from buffer"));
            };
        };
    }

    private static List<Buffer> backwards(List<Buffer> held) {
        List<Buffer> lines = List.copyOf(held).reversed();
        held.clear();
        return lines;
    }
}
