package dev.drover.gateway.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.cluster.JobVersion;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.ClustersAt;
import dev.drover.gateway.nomad.ConfiguredClusters;
import dev.drover.gateway.nomad.RealNomad;
import dev.drover.gateway.promotion.LiveShop;
import dev.drover.v1.Promotion;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call to a real Nomad is damaged once, before or after it took effect: the promotion goes on
 * and nothing happens twice.
 */
class BrokenCallsTest {
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private static final Vertx VERTX = Vertx.vertx();

    private static NomadProxy proxy;
    private static ConfiguredClusters clusters;
    private static Shops shops;
    private static int releases = 1;

    /** What goes through the proxy: between them they make every call that writes. */
    private record Shops(Shop steps, Shop recreate, Shop cancel, Shop dispatch) {
        List<Shop> all() {
            return List.of(steps, recreate, cancel, dispatch);
        }
    }

    private record Shop(String namespace, LiveShop live, int count) {
        static Shop of(int count) {
            String namespace = NOMAD.freshNamespace();
            return new Shop(namespace, new LiveShop(clusters, namespace), count);
        }

        String promote(int release) {
            return live.promote(TestJobs.service(LiveShop.JOB).count(count).release("r" + release));
        }

        String promoteBatch(int release) {
            return live.promote(
                    TestJobs.service(LiveShop.JOB).parameterized().release("r" + release).json());
        }

        List<JobVersion> versions() {
            return NOMAD.cluster().versions(namespace, LiveShop.JOB);
        }

        long newest() {
            return versions().stream().mapToLong(JobVersion::version).max().orElse(-1);
        }

        /** Those that changed nothing too. */
        long registrations() {
            String list = "/v1/evaluations?namespace=" + namespace;
            long count = 0;
            for (JsonNode one : NOMAD.agent().api().get(list)) {
                boolean its = one.path("JobID").asText().equals(LiveShop.JOB);
                count += its && one.path("TriggeredBy").asText().equals("job-register") ? 1 : 0;
            }
            return count;
        }
    }

    @BeforeAll
    static void firstReleases() {
        proxy = NomadProxy.start(VERTX, NOMAD.agent().address());
        clusters =
                ClustersAt.servers(
                        VERTX,
                        List.of(proxy.address()),
                        () -> NOMAD.agent().token(),
                        Duration.ofSeconds(1));
        shops = new Shops(Shop.of(3), Shop.of(1), Shop.of(1), Shop.of(1));
        List<Shop> services = List.of(shops.steps(), shops.recreate(), shops.cancel());
        List<String> first = services.stream().map(shop -> shop.promote(1)).toList();
        for (int i = 0; i < first.size(); i++) {
            services.get(i).live().ended(first.get(i), Promotion.State.SUCCEEDED);
        }
        shops.steps().live().strategy(Shapes.steps(1, 2));
        shops.recreate().live().strategy(Shapes.recreate());
        shops.cancel().live().canaryByHand();
        shops.dispatch().live().dispatched();
    }

    @AfterAll
    static void close() {
        shops.all()
                .forEach(shop -> {
                    shop.live().close();
                    NOMAD.cluster().stop(shop.namespace(), LiveShop.JOB, false);
                });
        clusters.close();
        proxy.close();
        VERTX.close().await();
    }

    @ParameterizedTest
    @EnumSource
    void isMadeGoodAndNothingHappensTwice(Damage damage) {
        assertBites(damage);
        int release = ++releases;
        List<Long> before = shops.all().stream().map(Shop::newest).toList();
        List<Long> registered = shops.all().stream().map(Shop::registrations).toList();
        int runs = launched();
        damageEachOnce(damage);

        String stepping = shops.steps().promote(release);
        String recreating = shops.recreate().promote(release);
        String waiting = shops.cancel().promote(release);
        String dispatching = shops.dispatch().promoteBatch(release);
        shops.cancel().live().waits(waiting).cancel(waiting);
        shops.steps().live().ended(stepping, Promotion.State.SUCCEEDED);
        shops.recreate().live().ended(recreating, Promotion.State.SUCCEEDED);
        shops.cancel().live().ended(waiting, Promotion.State.CANCELLED);
        shops.dispatch().live().ended(dispatching, Promotion.State.SUCCEEDED);

        assertEveryWriteWasDamaged();
        // The recreated one is stopped, then registered; the cancelled one is brought back.
        assertThat(increase(before, Shop::newest)).containsExactly(1L, 2L, 2L, 1L);
        assertThat(increase(registered, Shop::registrations)).containsExactly(1L, 1L, 2L, 0L);
        assertThat(launched()).isEqualTo(runs + 1);
    }

    private static List<Long> increase(List<Long> before, ToLongFunction<Shop> now) {
        List<Long> increase = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            increase.add(now.applyAsLong(shops.all().get(i)) - before.get(i));
        }
        return increase;
    }

    private static int launched() {
        return NOMAD.cluster().launched(shops.dispatch().namespace(), LiveShop.JOB).size();
    }

    private static void assertEveryWriteWasDamaged() {
        Set<String> damaged = new HashSet<>();
        for (NomadProxy.Passed one : proxy.passed()) {
            if (one.damage().isPresent() && one.passing().write()) {
                damaged.add(one.passing().call());
            }
        }
        assertThat(damaged)
                .contains(
                        "POST /jobs",
                        "POST /deployment/promote",
                        "POST /deployment/pause",
                        "POST /deployment/fail",
                        "POST /job//dispatch",
                        "DELETE /job/")
                .anySatisfy(call -> assertThat(call).endsWith("/tag"));
    }

    /** A caller that is not the engine fails by it, and cannot know what became of its call. */
    private static void assertBites(Damage damage) {
        String stepped = shops.steps().namespace();
        String job = "other-" + damage.name().toLowerCase(Locale.ROOT);
        proxy.damage(passing -> passing.write() ? Optional.of(damage) : Optional.empty());
        GatewayException failure =
                catchThrowableOfType(
                        GatewayException.class,
                        () ->
                                clusters.cluster("any")
                                        .register(
                                                stepped,
                                                TestJobs.service(job).json(),
                                                0,
                                                Submission.NONE));
        assertThat(failure.reason())
                .isEqualTo(
                        damage == Damage.ERROR_TEXT_AFTER
                                ? Reason.NOMAD_REJECTED
                                : Reason.NOMAD_UNREACHABLE);
        assertThat(NOMAD.cluster().job(stepped, job).isPresent()).isEqualTo(damage.done());
        NOMAD.cluster().stop(stepped, job, false);
        proxy.damage(passing -> Optional.empty());
        proxy.passed().clear();
    }

    private static void damageEachOnce(Damage damage) {
        Set<NomadProxy.Passing> met = new HashSet<>();
        proxy.damage(passing -> {
            // Of a read in bare text nobody can tell that it is none of Nomad's refusals.
            if (damage == Damage.ERROR_TEXT_AFTER && !passing.write()) {
                return Optional.empty();
            }
            synchronized (met) {
                return met.add(passing) ? Optional.of(damage) : Optional.empty();
            }
        });
    }
}
