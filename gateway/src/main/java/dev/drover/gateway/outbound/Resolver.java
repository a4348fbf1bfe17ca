package dev.drover.gateway.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the addresses of a name. */
@FunctionalInterface
interface Resolver {
    /** That of the operating system. */
    Resolver SYSTEM = InetAddress::getAllByName;

    /** Addresses of a host, or of an address that is written out. */
    InetAddress[] resolve(String host) throws UnknownHostException;

    /**
     * What was found.
     *
     * @param problem why nothing was
     */
    record Answer(List<InetAddress> addresses, String problem) {}

    /** The same within a time: a name server that does not answer must not hold a measurement. */
    default Answer within(String host, Duration time) throws InterruptedException {
        CompletableFuture<Answer> found = new CompletableFuture<>();
        Thread.ofVirtual().name("resolve " + host).start(() -> found.complete(find(host)));
        try {
            return found.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Answer(List.of(), "no name server answered in time");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look-up of " + host + " failed", e);
        }
    }

    private Answer find(String host) {
        try {
            return new Answer(List.of(resolve(host)), "");
        } catch (UnknownHostException e) {
            return new Answer(List.of(), "there is no such host");
        }
    }
}
