package dev.drover.gateway.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that commits from many threads and prints the name of each commit after it was
 * acknowledged. Arguments: the directory, and what its names begin with.
 */
final class CommitUntilKilled {
    private static final int CALLERS = 16;

    private CommitUntilKilled() {}

    public static void main(String[] arguments) throws InterruptedException {
        SqliteStore store = SqliteStore.open(StoreSettings.in(Path.of(arguments[0])));
        AtomicInteger next = new AtomicInteger();
        Thread last = Thread.currentThread();
        for (int i = 0; i < CALLERS; i++) {
            last = Thread.ofVirtual().start(() -> commitForEver(store, arguments[1], next));
        }
        last.join();
    }

    private static void commitForEver(SqliteStore store, String prefix, AtomicInteger next) {
        while (true) {
            String name = prefix + next.getAndIncrement();
            store.commit(Commits.create(name), Commits.T0);
            System.out.println(name);
        }
    }
}
