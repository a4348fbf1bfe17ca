package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.error.GatewayException;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobOwnersTest {
    private static final String PARENT = "projects/shop/applications/";
    private static final int AT_ONCE = 4;

    private final TestBaseline baseline = new TestBaseline();
    private final Application web =
            (Application) Objects.requireNonNull(Samples.ALL.get(PARENT + "web"));

    @BeforeEach
    void prepare() {
        baseline.createSamples();
    }

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void jobOfAnotherApplicationIsRefused() {
        assertThat(baseline.refusal(baseline.createRequest(PARENT + "twin", web)))
                .hasMessageContaining("application.jobs[0].id")
                .hasMessageContaining("is a job of projects/shop/applications/web");
        Application api = baseline.create(PARENT + "api", of("api"));
        assertThat(
                        baseline.refusal(
                                baseline.updateRequest(
                                        api.toBuilder().addJobs(web.getJobs(0)).build(), "jobs")))
                .hasMessageContaining("application.jobs[1].id")
                .hasMessageContaining("is a job of projects/shop/applications/web");
    }

    @Test
    void jobThatAnApplicationLeavesIsFree() {
        Application first = baseline.create(PARENT + "first", of("one", "two"));
        baseline.update(first.toBuilder().removeJobs(1).build(), "jobs");
        baseline.create(PARENT + "second", of("two"));
        assertThat(baseline.refusal(baseline.createRequest(PARENT + "third", of("one"))))
                .hasMessageContaining("is a job of projects/shop/applications/first");
        baseline.delete(Application.class, PARENT + "first");
        baseline.create(PARENT + "third", of("one"));
        assertThat(baseline.refusal(baseline.createRequest(PARENT + "first", of("one", "two"))))
                .hasMessageContaining("is a job of projects/shop/applications/third")
                .hasMessageContaining("is a job of projects/shop/applications/second");
    }

    @Test
    void ofThoseThatTakeAJobAtTheSameTimeOneGetsIt() throws Exception {
        for (int round = 0; round < 25; round++) {
            String job = "job-" + round;
            CyclicBarrier start = new CyclicBarrier(AT_ONCE);
            List<Future<Boolean>> created = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
                for (int i = 0; i < AT_ONCE; i++) {
                    String name = PARENT + "racer-" + round + "-" + i;
                    created.add(threads.submit(() -> taken(start, name, job)));
                }
            }
            int taken = 0;
            for (Future<Boolean> one : created) {
                taken += one.get() ? 1 : 0;
            }
            assertThat(taken).as("applications with the job %s", job).isEqualTo(1);
        }
    }

    private boolean taken(CyclicBarrier start, String name, String job) throws Exception {
        start.await();
        try {
            baseline.create(name, of(job));
            return true;
        } catch (GatewayException refused) {
            assertThat(refused).hasMessageContaining("is a job of");
            return false;
        }
    }

    private Application of(String... jobs) {
        Application.Builder application = Application.newBuilder().setPipeline(web.getPipeline());
        for (String job : jobs) {
            application.addJobs(ApplicationJob.newBuilder().setId(job));
        }
        return application.build();
    }
}
