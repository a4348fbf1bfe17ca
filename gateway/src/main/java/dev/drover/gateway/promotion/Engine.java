package dev.drover.gateway.promotion;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.RecordChange;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.WorkList;
import dev.drover.v1.Promotion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries promotions on: claims what nobody works at, runs each on a virtual thread of its own, and
 * wakes those that a change of the store or of Nomad may matter to. All decisions are elsewhere.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final int CLAIMS_MAX = 100;
    private static final int CHANGES_MAX = 500;

    private final EngineSettings settings;
    private final Records records;
    private final WorkList work;
    private final Worker worker;
    private final NomadHints hints;
    private final InstantSource clock;
    private final Threads threads;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final LongAdder failedRollbacks = new LongAdder();
    private final Semaphore committed = new Semaphore(0);
    private volatile boolean closed;
    private Optional<Thread> loop = Optional.empty();
    private Optional<AutoCloseable> listener = Optional.empty();
    private long position;
    private Instant deadBefore = Instant.MIN;
    private Instant claimAt = Instant.MIN;
    private Instant heartbeatAt = Instant.MIN;
    private Set<WorkList.Claim> orphans = Set.of();

    private record Running(Runner runner, Thread thread) {}

    /** Where runners run: a virtual thread each, or, in a simulation, none but its own. */
    @FunctionalInterface
    interface Threads {
        /** Each on a virtual thread of its own. */
        Threads VIRTUAL =
                (runner, body) -> Thread.ofVirtual().name(runner.claim().item()).unstarted(body);

        /**
         * Makes the thread of a runner; it is not started.
         *
         * @param body runs the runner until it is stopped, and then lets it go
         */
        Thread of(Runner runner, Runnable body);
    }

    Engine(
            EngineSettings settings,
            Records records,
            WorkList work,
            Worker worker,
            NomadHints hints,
            InstantSource clock,
            Threads threads) {
        this.settings = settings;
        this.records = records;
        this.work = work;
        this.worker = worker;
        this.hints = hints;
        this.clock = clock;
        this.threads = threads;
    }

    /** Starts; what was left undone is taken over. */
    public void start() {
        listener = Optional.of(records.onCommit(committed::release));
        begin();
        loop = Optional.of(Thread.ofVirtual().name("engine").start(this::loop));
    }

    /** What was committed before is found by the first turn, which claims whatever it may. */
    void begin() {
        position = records.position();
        deadBefore = settings.alone() ? clock.instant() : Instant.MIN;
    }

    /** How many promotions failed and wait for a person. */
    public int held() {
        return held.size();
    }

    /** How many rollbacks failed since the start. */
    public long failedRollbacks() {
        return failedRollbacks.sum();
    }

    /** How many promotions are being worked at. */
    public int active() {
        return running.size();
    }

    /**
     * Stops without finishing anything: whoever opens the store next goes on from the last commit.
     */
    @Override
    public void close() {
        closed = true;
        committed.release();
        listener.ifPresent(Engine::close);
        loop.ifPresent(Engine::end);
        running.values().forEach(one -> one.runner().stop());
        running.values().forEach(one -> end(one.thread()));
        hints.close();
    }

    private void loop() {
        while (!closed) {
            try {
                committed.drainPermits();
                turn();
                if (committed.tryAcquire(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.trace("woken by a commit");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                if (closed) {
                    return;
                }
                tellTrouble(failure);
                pause();
            }
        }
    }

    /** Looks once at what there is to do. */
    void turn() {
        Instant now = clock.instant();
        Instant stale = now.minus(settings.dead());
        boolean more = route();
        if (more || !now.isBefore(claimAt)) {
            if (deadBefore.isAfter(stale)) {
                takeUp(now, deadBefore);
            } else {
                claim(now, stale);
            }
            deadBefore = Instant.MIN;
            claimAt = now.plus(settings.heartbeat());
        }
        heartbeat(now);
    }

    private void tellTrouble(RuntimeException failure) {
        long pauseMillis = settings.heartbeat().toMillis();
        if (failure instanceof GatewayException refusal) {
            LOG.warn(
                    "the engine cannot look for work, tries again in {} ms; promotions that run go on: {}",
                    pauseMillis,
                    refusal.text());
        } else {
            LOG.error(
                    "a fault of Drover: the engine cannot look for work, tries again in {} ms; promotions that run go on",
                    pauseMillis,
                    failure);
        }
    }

    private void pause() {
        try {
            committed.drainPermits();
            committed.tryAcquire(settings.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    private int claim(Instant now, Instant deadBefore) {
        int taken = 0;
        while (!closed) {
            List<WorkList.Claim> claims = work.claim(settings.owner(), now, deadBefore, CLAIMS_MAX);
            claims.forEach(this::run);
            taken += claims.size();
            if (claims.size() < CLAIMS_MAX) {
                return taken;
            }
        }
        return taken;
    }

    /** Told once: what was under way when a gateway ended goes on now. */
    private void takeUp(Instant now, Instant deadBefore) {
        int taken = claim(now, deadBefore);
        if (taken > 0) {
            LOG.info(
                    "took up {} promotions that had not ended; each looks at Nomad before it acts",
                    taken);
        }
    }

    private void run(WorkList.Claim claim) {
        Runner runner =
                new Runner(
                        claim,
                        worker,
                        clock,
                        settings.backoffMax(),
                        one -> seen(claim, one),
                        () -> hints.live(claim.item()));
        Thread thread =
                threads.of(
                        runner,
                        () -> {
                            try {
                                runner.run();
                            } catch (RuntimeException | Error fault) {
                                LOG.error(
                                        "a fault of Drover ended the work at {}; it is taken up again after two heartbeats of {}",
                                        claim.item(),
                                        settings.heartbeat(),
                                        fault);
                            } finally {
                                hints.forget(claim.item());
                                running.computeIfPresent(
                                        claim.item(),
                                        (item, one) -> one.runner() == runner ? null : one);
                            }
                        });
        Running before = running.put(claim.item(), new Running(runner, thread));
        if (before != null) {
            before.runner().stop();
        }
        thread.start();
    }

    private void seen(WorkList.Claim claim, Promotion promotion) {
        if (promotion.getState() == Promotion.State.HELD) {
            held.add(claim.item());
        } else {
            held.remove(claim.item());
        }
        if (promotion.getKind() == Promotion.Kind.ROLLBACK
                && promotion.getState() == Promotion.State.FAILED) {
            failedRollbacks.increment();
        }
        if (promotion.getState() == Promotion.State.RUNNING) {
            hints.watch(claim.item(), promotion, () -> wake(claim.item()));
        } else {
            hints.forget(claim.item());
        }
    }

    private void wake(String item) {
        Running one = running.get(item);
        if (one != null) {
            one.runner().wake();
        }
    }

    private void heartbeat(Instant now) {
        if (now.isBefore(heartbeatAt.plus(settings.heartbeat())) && now.isAfter(heartbeatAt)) {
            return;
        }
        Set<WorkList.Claim> held = new HashSet<>(work.heartbeat(settings.owner(), now));
        heartbeatAt = now;
        for (Running one : running.values()) {
            if (!held.contains(one.runner().claim())) {
                // Ended, or taken over: its commits are refused either way.
                one.runner().stop();
            }
        }
        adopt(held);
    }

    /**
     * Works at what this owner holds and nobody works at: the reply to its claim was lost, or its
     * thread broke down. Once seen may be one that is just ending.
     */
    private void adopt(Set<WorkList.Claim> held) {
        Set<WorkList.Claim> idle =
                held.stream().filter(claim -> !works(claim)).collect(Collectors.toSet());
        for (WorkList.Claim claim : idle) {
            if (orphans.contains(claim)) {
                LOG.warn("nobody worked at {}; it goes on from its last commit", claim.item());
                run(claim);
            }
        }
        orphans = idle;
    }

    private boolean works(WorkList.Claim claim) {
        Running one = running.get(claim.item());
        return one != null && one.runner().claim().equals(claim);
    }

    /**
     * Wakes whoever a change may matter to; waking too many does no harm.
     *
     * @return whether there may be promotions that nobody works at
     */
    private boolean route() {
        boolean more = false;
        boolean stepped = false;
        while (true) {
            Optional<List<RecordChange>> changes = records.changesAfter(position, CHANGES_MAX);
            if (changes.isEmpty()) {
                position = records.position();
                wakeAll(one -> true);
                return true;
            }
            for (RecordChange change : changes.get()) {
                position = change.position();
                more |= unclaimed(change);
                stepped |= change.key().kind().equals(PromotionStore.PROMOTION);
                route(change);
            }
            if (changes.get().size() < CHANGES_MAX) {
                if (stepped) {
                    // One that ended, or needs its room no more, leaves it to the next.
                    work.nextForRoom().forEach(this::wake);
                }
                return more;
            }
        }
    }

    private boolean unclaimed(RecordChange change) {
        return change.key().kind().equals(PromotionStore.PROMOTION)
                && !running.containsKey(change.key().name());
    }

    private void route(RecordChange change) {
        String name = change.key().name();
        switch (change.key().kind()) {
            case PromotionStore.PROMOTION -> {
                wake(name);
                // A rollback that ended is what the promotion waits for that it takes back.
                change.record()
                        .map(PromotionStore::parse)
                        .filter(PromotionStates::ended)
                        .map(Promotion::getRollbackOf)
                        .ifPresent(this::wake);
            }
            case PromotionStore.LANE -> wakeAll(one -> one.claim().lane().equals(name));
            case PromotionStore.NOTES, PromotionStore.RENDERING -> {}
            // History, policies and the nouns of the baseline: rules may say something else now.
            default -> wakeAll(one -> true);
        }
    }

    private void wakeAll(Predicate<Runner> which) {
        for (Running one : running.values()) {
            if (which.test(one.runner())) {
                one.runner().wake();
            }
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // AutoCloseable.close declares Exception; this one only takes a callback off a list.
    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw new IllegalStateException("a listener cannot be taken off", e);
        }
    }
}
