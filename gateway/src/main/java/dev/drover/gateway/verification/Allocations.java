package dev.drover.gateway.verification;

import dev.drover.gateway.cluster.Allocation;
import dev.drover.gateway.cluster.ClientStatus;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.NomadClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The allocations of the jobs that are being verified. */
final class Allocations {
    /** A query with the ids of more would be too long for many servers. */
    private static final int IDS_MAX = 500;

    private final NomadClusters clusters;

    Allocations(NomadClusters clusters) {
        this.clusters = clusters;
    }

    /**
     * Old allocations.
     *
     * @param running whether they run beside the new ones
     */
    record Old(List<Allocation> allocations, boolean running) {}

    NomadCluster cluster(Subject subject) {
        return clusters.cluster(subject.environment().getCluster());
    }

    /** Those of the new version that are wanted. */
    List<Allocation> fresh(Subject subject) {
        List<Allocation> fresh = new ArrayList<>();
        subject.versions()
                .forEach((job, version) ->
                        all(subject, job).stream()
                                .filter(one -> one.jobVersion() == version)
                                .filter(Allocations::wanted)
                                .forEach(fresh::add));
        return fresh;
    }

    /** Those of other versions that run; else those that ran last before the new version. */
    Old old(Subject subject) {
        List<Allocation> running = new ArrayList<>();
        List<Allocation> ended = new ArrayList<>();
        subject.versions()
                .forEach((job, version) -> {
                    List<Allocation> others =
                            all(subject, job).stream()
                                    .filter(one -> one.jobVersion() != version)
                                    .toList();
                    others.stream().filter(Allocations::runs).forEach(running::add);
                    Optional<Long> last =
                            others.stream()
                                    .map(Allocation::jobVersion)
                                    .filter(one -> one < version)
                                    .max(Long::compare);
                    others.stream()
                            .filter(one -> last.filter(v -> v == one.jobVersion()).isPresent())
                            .forEach(ended::add);
                });
        return running.isEmpty() ? new Old(ended, false) : new Old(running, true);
    }

    /** A regular expression that matches their ids and nothing else. */
    static String pattern(List<Allocation> allocations) {
        return allocations.isEmpty()
                ? "none"
                : allocations.stream()
                        .limit(IDS_MAX)
                        .map(Allocation::id)
                        .sorted()
                        .collect(Collectors.joining("|"));
    }

    List<Allocation> all(Subject subject, String job) {
        return cluster(subject).allocations(subject.namespace(), job);
    }

    static boolean wanted(Allocation one) {
        return one.state().desired().equals("run") && one.state().client() != ClientStatus.COMPLETE;
    }

    static boolean runs(Allocation one) {
        return wanted(one) && one.state().client() == ClientStatus.RUNNING;
    }
}
