package dev.drover.provider.plugin;

/** Counts the running calls. */
final class Activity {
    private int running;

    synchronized void begin() {
        running++;
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    synchronized void awaitIdle() throws InterruptedException {
        while (running > 0) {
            wait();
        }
    }
}
