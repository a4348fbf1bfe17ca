package dev.drover.gateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store tells those who watch it. */
public abstract class ChangesContract extends StoreContract {
    private static final RecordKey SHOP = new RecordKey("Project", "projects/shop");

    @Test
    void changesComeInTheOrderOfCommitsWithTheRecordAsItWasThen() {
        long start = records().position();
        commit(create("Project", "projects/shop"));
        commit(put("Project", "projects/shop", 1, bytes("two")), create("Cluster", "clusters/eu"));
        long end = commit(new Write.Delete("Project", "projects/shop", 2));

        List<RecordChange> changes = records().changesAfter(start, 10).orElseThrow();

        assertThat(changes).extracting(RecordChange::position).isSorted().endsWith(end);
        assertThat(changes)
                .extracting(RecordChange::record)
                .containsExactly(
                        stored("Project", "projects/shop", 1, "projects/shop"),
                        stored("Project", "projects/shop", 2, "two"),
                        stored("Cluster", "clusters/eu", 1, "clusters/eu"),
                        Optional.empty());
        assertThat(changes.getLast().key()).isEqualTo(SHOP);
    }

    @Test
    void changesAreReadInPages() {
        long start = records().position();
        for (int i = 0; i < 5; i++) {
            commit(create("Project", "projects/" + i));
        }

        List<RecordChange> first = records().changesAfter(start, 3).orElseThrow();
        List<RecordChange> rest =
                records().changesAfter(first.getLast().position(), 3).orElseThrow();

        assertThat(first).hasSize(3);
        assertThat(rest)
                .extracting(change -> change.key().name())
                .containsExactly("projects/3", "projects/4");
        assertThat(records().changesAfter(rest.getLast().position(), 3)).contains(List.of());
    }

    @Test
    void anEmptyStoreHasNoChangesYet() {
        assertThat(records().changesAfter(records().position(), 10)).contains(List.of());
    }

    @Test
    void aPositionThatThisStoreNeverHadMeansListAgain() {
        commit(create("Project", "projects/shop"));

        assertThat(records().changesAfter(records().position() + 1, 10)).isEmpty();
    }

    @Test
    void aCommitReturnsThePositionOfItsLastChange() {
        long position = commit(create("Project", "projects/a"), create("Project", "projects/b"));

        assertThat(records().position()).isEqualTo(position);
        assertThat(records().changesAfter(position, 10)).contains(List.of());
        assertThat(commit(new WorkChange.Add("promotions/1", "lane"))).isEqualTo(position);
    }

    @Test
    void positionsGoOnAfterAReopen() {
        long before = commit(create("Project", "projects/a"));

        reopen();

        assertThat(commit(create("Project", "projects/b"))).isGreaterThan(before);
        assertThat(records().changesAfter(before, 10).orElseThrow()).hasSize(1);
    }

    @Test
    void aCommitWakesThoseWhoWatch() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        try (AutoCloseable watching = records().onCommit(woken::countDown)) {
            assertThat(watching).isNotNull();
            commit(create("Project", "projects/shop"));

            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoeverIsWokenSeesTheCommit() throws Exception {
        long start = records().position();
        AtomicInteger seen = new AtomicInteger();
        try (AutoCloseable watching =
                records()
                        .onCommit(() ->
                                seen.set(records().changesAfter(start, 10).orElseThrow().size()))) {
            assertThat(watching).isNotNull();
            commit(create("Project", "projects/shop"));

            await().until(() -> seen.get() == 1);
        }
    }

    @Test
    void aFailingWatcherDisturbsNobody() throws Exception {
        CountDownLatch woken = new CountDownLatch(2);
        Runnable failing =
                () -> {
                    woken.countDown();
                    throw new IllegalStateException("this watcher always fails");
                };
        try (AutoCloseable first = records().onCommit(failing);
                AutoCloseable second = records().onCommit(woken::countDown)) {
            assertThat(List.of(first, second)).hasSize(2);
            commit(create("Project", "projects/shop"));

            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoeverStoppedWatchingIsNotCalled() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        records().onCommit(calls::incrementAndGet).close();
        CountDownLatch woken = new CountDownLatch(1);
        try (AutoCloseable later = records().onCommit(woken::countDown)) {
            assertThat(later).isNotNull();
            commit(create("Project", "projects/shop"));
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(calls).hasValue(0);
    }

    private static Optional<StoredRecord> stored(
            String kind, String name, long revision, String body) {
        return Optional.of(new StoredRecord(kind, name, revision, bytes(body)));
    }
}
