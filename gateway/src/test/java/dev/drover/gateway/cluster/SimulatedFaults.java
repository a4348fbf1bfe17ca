package dev.drover.gateway.cluster;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides what happens to calls on their way; names of calls are those of the port's methods
 * ("register", "job", "tag").
 */
public final class SimulatedFaults {

    /** Longer than any gateway waits before it tries again. */
    private static final Duration HELD_UP = Duration.ofSeconds(4);

    private final String cluster;
    private final SimulatedTime time;
    private final Map<String, Deque<Fault>> next = new HashMap<>();
    private Function<String, Fault> always = call -> Fault.NONE;

    SimulatedFaults(String cluster, SimulatedTime time) {
        this.cluster = cluster;
        this.time = time;
    }

    /** The next call of this name meets this fault; may be said several times. */
    public synchronized void next(String call, Fault fault) {
        next.computeIfAbsent(call, name -> new ArrayDeque<>()).add(fault);
    }

    /** Decides for every call that {@link #next} has nothing for, such as by a seeded generator. */
    public synchronized void always(Function<String, Fault> byCall) {
        always = byCall;
    }

    /** No call meets a fault any more. */
    public synchronized void heal() {
        next.clear();
        always = call -> Fault.NONE;
    }

    /**
     * Carries out a read.
     *
     * @param old what a server that lags would answer
     */
    <T> T read(String call, Supplier<T> body, Supplier<T> old) {
        return switch (decide(call)) {
            case NONE, REPEATED -> body.get();
            case STALE -> old.get();
            case REFUSED, LOST_REQUEST, LOST_REPLY, LATE -> throw unreachable(call, false);
        };
    }

    <T> T write(String call, Supplier<T> body) {
        return switch (decide(call)) {
            case NONE, STALE -> body.get();
            case REFUSED -> throw unreachable(call, false);
            case LOST_REQUEST -> throw unreachable(call, true);
            case LOST_REPLY -> throw replyLost(call, body);
            case LATE -> {
                time.after(HELD_UP, () -> replyLost(call, body));
                throw unreachable(call, true);
            }
            case REPEATED -> {
                replyLost(call, body);
                yield body.get();
            }
        };
    }

    /** Whatever Nomad answers, a refusal too, nobody hears of it. */
    private <T> GatewayException replyLost(String call, Supplier<T> body) {
        try {
            Objects.requireNonNull(body.get());
            return unreachable(call, true);
        } catch (GatewayException refusal) {
            return unreachable(call, true, refusal);
        }
    }

    private synchronized Fault decide(String call) {
        Deque<Fault> planned = next.get(call);
        return planned == null || planned.isEmpty() ? always.apply(call) : planned.remove();
    }

    private GatewayException unreachable(String call, boolean ambiguous) {
        return new GatewayException(
                Reason.NOMAD_UNREACHABLE,
                cluster + " was asked to " + call + " and did not answer: injected fault",
                details(ambiguous));
    }

    private GatewayException unreachable(String call, boolean ambiguous, GatewayException cause) {
        return new GatewayException(
                Reason.NOMAD_UNREACHABLE,
                cluster + " was asked to " + call + " and did not answer: injected fault",
                details(ambiguous),
                cause);
    }

    private ErrorDetails details(boolean ambiguous) {
        return ErrorDetails.NONE
                .with("cluster", cluster)
                .with("ambiguous", Boolean.toString(ambiguous));
    }
}
