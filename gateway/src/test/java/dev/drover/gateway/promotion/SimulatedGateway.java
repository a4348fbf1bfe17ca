package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.WorkList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One gateway process of a simulation: the real engine and the real methods. The engine's threads
 * get their turns from the simulation, one step at a time.
 */
final class SimulatedGateway implements AutoCloseable {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration DEAD = Duration.ofSeconds(25);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private final String owner;
    private final SimulatedTime time;
    private final Engine engine;
    private final Methods methods = new Methods();
    private final List<Seat> seats = new ArrayList<>();
    private Duration skew = Duration.ZERO;
    private Instant awakeAt = Instant.EPOCH;
    private Instant turnAt = Instant.EPOCH;
    private Optional<WorkList.Claim> working = Optional.empty();
    private boolean inTurn;
    private boolean dead;

    /**
     * A process that starts now.
     *
     * @param promotions makes what it serves, with its own clock
     */
    SimulatedGateway(
            String owner, SimulatedTime time, Function<SimulatedGateway, Promotions> promotions) {
        this.owner = owner;
        this.time = time;
        Promotions its = promotions.apply(this);
        its.register(methods);
        this.engine =
                its.engine(
                        new EngineSettings(owner, false, HEARTBEAT, DEAD, BACKOFF_MAX), Seat::new);
        engine.begin();
    }

    /** The thread of one runner, which the simulation takes a step of now and then. */
    final class Seat extends Thread {
        private final Runner runner;
        private final Runnable body;
        private Instant wakeAt = Instant.EPOCH;
        private boolean hinted;
        private boolean busy;

        Seat(Runner runner, Runnable body) {
            this.runner = runner;
            this.body = body;
        }

        @Override
        public void start() {
            seats.add(this);
        }

        private boolean due() {
            hinted |= runner.takeHint();
            return !busy && (hinted || runner.stopped() || !wakeAt.isAfter(time.instant()));
        }

        /** One step, as the runner itself would take it. */
        void step() {
            Optional<WorkList.Claim> before = working;
            busy = true;
            hinted = false;
            try {
                if (!runner.stopped()) {
                    working = Optional.of(runner.claim());
                    wakeAt = time.instant().plus(runner.step());
                }
            } finally {
                working = before;
                busy = false;
            }
            if (runner.stopped()) {
                body.run();
                seats.remove(this);
            }
        }
    }

    String owner() {
        return owner;
    }

    /** What the step that is under way is about; empty: what is done now is no step. */
    Optional<WorkList.Claim> working() {
        return working;
    }

    /** What its own clock says. */
    Instant now() {
        return time.instant().plus(skew);
    }

    void jump(Duration by) {
        skew = by;
    }

    /** Nothing of it runs for a while, as in a long pause of its machine; it does not notice. */
    void stall(Duration duration) {
        awakeAt = time.instant().plus(duration);
    }

    void wake() {
        awakeAt = Instant.EPOCH;
    }

    boolean awake() {
        return !dead && !awakeAt.isAfter(time.instant());
    }

    boolean dead() {
        return dead;
    }

    boolean turnDue() {
        return !inTurn && !turnAt.isAfter(time.instant());
    }

    /** One look of its engine at what there is to do. */
    void turn() {
        if (inTurn) {
            return;
        }
        inTurn = true;
        turnAt = time.instant().plus(HEARTBEAT);
        try {
            engine.turn();
        } catch (GatewayException refused) {
            if (refused.reason() != Reason.STORE_UNAVAILABLE) {
                throw refused;
            }
        } finally {
            inTurn = false;
        }
    }

    /** Work that time or a hint calls for. */
    List<Seat> due() {
        return seats.stream().filter(Seat::due).toList();
    }

    /** Any work that is not under way, called for or not. */
    Optional<Seat> any(RandomGenerator random) {
        List<Seat> idle = seats.stream().filter(seat -> !seat.busy).toList();
        return idle.isEmpty()
                ? Optional.empty()
                : Optional.of(idle.get(random.nextInt(idle.size())));
    }

    /** When something is to be done next, where nothing happens before. */
    Instant next() {
        return seats.stream()
                .map(seat -> seat.wakeAt)
                .min(Comparator.naturalOrder())
                .filter(turnAt::isAfter)
                .orElse(turnAt);
    }

    Message call(String method, Principal caller, Message request) {
        Optional<WorkList.Claim> before = working;
        working = Optional.empty();
        try {
            return PromotionLab.call(methods, method, caller, request);
        } finally {
            working = before;
        }
    }

    /** The process is gone. */
    @Override
    public void close() {
        dead = true;
        engine.close();
        seats.clear();
    }
}
