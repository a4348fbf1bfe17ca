package dev.drover.gateway.promotion;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.WorkList;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes step after step of one promotion, on a thread of its own, until it ends or is lost. */
final class Runner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration BACKOFF_MIN = Duration.ofMillis(200);

    /** Nomad's events come in bursts; one look does for those that come together. */
    private static final Duration TOGETHER_MIN = Duration.ofMillis(5);

    private static final Duration TOGETHER_MAX = Duration.ofMillis(500);

    private static final int FAULTS_MAX = 10;
    private static final int CONFLICTS_TOLD = 5;

    private final WorkList.Claim claim;
    private final Worker worker;
    private final InstantSource clock;
    private final Duration backoffMax;
    private final Consumer<Promotion> seen;
    private final BooleanSupplier hinted;
    private final Semaphore hint = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;
    private Duration backoff = BACKOFF_MIN;
    private int faults;
    private int conflicts;

    Runner(
            WorkList.Claim claim,
            Worker worker,
            InstantSource clock,
            Duration backoffMax,
            Consumer<Promotion> seen,
            BooleanSupplier hinted) {
        this.claim = claim;
        this.worker = worker;
        this.clock = clock;
        this.backoffMax = backoffMax;
        this.seen = seen;
        this.hinted = hinted;
    }

    WorkList.Claim claim() {
        return claim;
    }

    void wake() {
        hint.release();
    }

    /** Takes the hint that came since it was asked for last, where one did. */
    boolean takeHint() {
        return hint.drainPermits() > 0;
    }

    boolean stopped() {
        return stopped;
    }

    void stop() {
        stopped = true;
        ended.countDown();
        hint.release();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                hint.drainPermits();
                long begin = System.nanoTime();
                Duration patience = step();
                if (patience.isPositive()
                        && hint.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    ended.await(together(begin).toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // The engine is closing; whoever owns the store next goes on from the last commit.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * How long to wait for more of a burst: as long as the last look took. Where many promotions
     * run at once looks take long, and each promotion spends at most half of its time on them.
     */
    private static Duration together(long begin) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration atLeast = took.compareTo(TOGETHER_MIN) > 0 ? took : TOGETHER_MIN;
        return atLeast.compareTo(TOGETHER_MAX) < 0 ? atLeast : TOGETHER_MAX;
    }

    /** One step; zero: go on at once. */
    Duration step() {
        try {
            Worker.Tick tick = worker.tick(claim, clock.instant());
            tick.promotion().ifPresent(seen);
            faults = 0;
            conflicts = 0;
            return switch (tick.kind()) {
                case AGAIN -> settled(Duration.ZERO);
                case WAIT ->
                        settled(
                                hinted.getAsBoolean()
                                        ? tick.pause().hinted()
                                        : tick.pause().alone());
                case SILENT -> later();
                case ENDED -> {
                    stopped = true;
                    yield Duration.ZERO;
                }
            };
        } catch (GatewayException failure) {
            return failed(failure);
        } catch (RuntimeException fault) {
            return broken(fault);
        }
    }

    private Duration settled(Duration patience) {
        backoff = BACKOFF_MIN;
        return patience;
    }

    private Duration later() {
        Duration now = backoff;
        Duration longer = backoff.multipliedBy(2);
        backoff = longer.compareTo(backoffMax) < 0 ? longer : backoffMax;
        return now;
    }

    private Duration failed(GatewayException failure) {
        if (stopped) {
            // The engine is closing and cut off what was waited for.
            return Duration.ZERO;
        }
        if (failure.reason() == Reason.REVISION_CONFLICT) {
            // Somebody was faster, or owns it now: the next look, or the next heartbeat, tells.
            conflicts++;
            if (conflicts % CONFLICTS_TOLD == 0) {
                LOG.warn(
                        "{} lost its commits {} times in a row, goes on trying: {}",
                        claim.item(),
                        conflicts,
                        failure.text());
            }
            return later();
        }
        if (failure.reason() == Reason.STORE_UNAVAILABLE) {
            Duration wait = later();
            LOG.warn(
                    "{} cannot go on, tries again in {} ms; what Nomad does meanwhile is looked at then: {}",
                    claim.item(),
                    wait.toMillis(),
                    failure.text());
            return wait;
        }
        return broken(failure);
    }

    private Duration broken(RuntimeException fault) {
        if (stopped) {
            return Duration.ZERO;
        }
        faults++;
        Duration wait = later();
        LOG.error(
                "a fault of Drover at {}, number {} in a row; tries again in {} ms, fails the promotion after {}",
                claim.item(),
                faults,
                wait.toMillis(),
                FAULTS_MAX,
                fault);
        if (faults >= FAULTS_MAX) {
            faults = 0;
            giveUp(fault);
        }
        return wait;
    }

    private void giveUp(RuntimeException fault) {
        try {
            worker.giveUp(claim, "a fault of Drover, told in its log: " + fault, clock.instant());
        } catch (RuntimeException e) {
            LOG.error("{} could not even be failed; tries again", claim.item(), e);
        }
    }
}
