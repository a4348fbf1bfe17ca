package dev.drover.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.nomad.RealNomad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecentPlansTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final InstantSource clock = now::get;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<Reason> failure = new AtomicReference<>();
    private final PlanFixture shop = PlanFixture.shop().job("web", PlanFixture.WEB);
    private final RecentPlans recent =
            new RecentPlans(new Planner(this::counted, name -> Secrets.NONE, clock), clock);

    private NomadCluster counted(String name) {
        made.incrementAndGet();
        Reason reason = failure.get();
        if (reason != null) {
            throw new GatewayException(reason, "no");
        }
        return NOMAD.clusters().cluster(name);
    }

    private PlannedChange ask() {
        return recent.plan(shop.nouns(), List::of);
    }

    @Test
    void sameQuestionWithinASecondGetsTheSamePlan() {
        PlannedChange first = ask();
        now.set(START.plusMillis(999));
        assertThat(ask()).isSameAs(first);
        now.set(START.plus(Duration.ofSeconds(1)));
        assertThat(ask()).isNotSameAs(first);
        assertThat(made).hasValue(2);
    }

    @Test
    void changedInputIsPlannedAnew() {
        ask();
        shop.environment().setDisplayName("another");
        ask();
        shop.cluster().setEtag("c2");
        ask();
        assertThat(made).hasValue(3);
    }

    @Test
    void manyWhoAskAtOnceAreAnsweredByOnePlan() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<PlannedChange>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(
                        threads.submit(() -> {
                            start.await();
                            return ask();
                        }));
            }
            start.countDown();
            PlannedChange first = answers.getFirst().get();
            for (Future<PlannedChange> answer : answers) {
                assertThat(answer.get()).isSameAs(first);
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void refusalIsKeptLikeAPlanButACancelledCallIsNot() {
        failure.set(Reason.NOMAD_UNREACHABLE);
        assertThatThrownBy(this::ask).hasMessage("no");
        assertThatThrownBy(this::ask).hasMessage("no");
        assertThat(made).hasValue(1);
        now.set(START.plusSeconds(2));
        failure.set(Reason.CALL_CANCELLED);
        assertThatThrownBy(this::ask).hasMessage("no");
        failure.set(null);
        assertThat(ask().plan().getJobsCount()).isEqualTo(1);
    }
}
