package dev.drover.gateway.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many callers at once, each on a virtual thread of its own, as the gateway's calls are. */
public final class Callers {
    private Callers() {}

    /** What one caller does. */
    public interface Body {
        /** Does it; the number tells callers apart. */
        void run(int caller) throws Exception;
    }

    /** Runs all of them to their end; the first failure is thrown. */
    public static void run(int callers, Body body) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                int caller = i;
                running.add(
                        threads.submit(() -> {
                            body.run(caller);
                            return null;
                        }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("a caller failed: " + e.getMessage(), e);
        }
    }
}
