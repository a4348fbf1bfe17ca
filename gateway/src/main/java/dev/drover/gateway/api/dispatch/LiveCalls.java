package dev.drover.gateway.api.dispatch;

import dev.drover.gateway.error.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The calls that are running, so that a gateway that goes down can end them. */
public final class LiveCalls {
    private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    void began(Exchange exchange) {
        running.add(exchange);
        if (draining && exchange.streams()) {
            exchange.stopFromElsewhere(Reason.SHUTTING_DOWN);
        }
    }

    void ended(Exchange exchange) {
        running.remove(exchange);
    }

    /** How many are running. */
    public int count() {
        return running.size();
    }

    /** Ends every stream, now and from now on: streams do not end by themselves. */
    public void endStreams() {
        draining = true;
        stop(Exchange::streams);
    }

    /** Ends whatever still runs. */
    public void endAll() {
        stop(exchange -> true);
    }

    private void stop(Predicate<Exchange> which) {
        running.stream()
                .filter(which)
                .forEach(exchange -> exchange.stopFromElsewhere(Reason.SHUTTING_DOWN));
    }
}
