package dev.drover.gateway.api.dispatch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The only bridge from the event loop to the threads that do the work and back: each call gets a
 * virtual thread of its own.
 */
public final class RequestThreads implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("call-", 0).factory());

    /**
     * Work that was started.
     *
     * @param reply completes on the context that started it
     * @param interrupt interrupts its thread; harmless when it is done
     */
    public record Task<R>(Future<R> reply, Runnable interrupt) {}

    /** Runs the body on a thread of its own; its result comes back on this context. */
    public <R> Task<R> run(Context context, Callable<R> body) {
        Promise<R> reply = Promise.promise();
        java.util.concurrent.Future<?> task =
                threads.submit(() -> {
                    try {
                        R result = body.call();
                        context.runOnContext(back -> reply.complete(result));
                    } catch (Throwable failure) {
                        context.runOnContext(back -> reply.fail(failure));
                    }
                });
        return new Task<>(reply.future(), () -> task.cancel(true));
    }

    /** Takes no more work and interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
