package dev.drover.gateway.audit;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/**
 * What a check of the whole log found.
 *
 * @param size how many entries the log says it has
 * @param root RFC 6962 root hash over those that were found, computed again from their bytes
 * @param intact whether every entry is in its place, has the hash that was kept, and all of them
 *     have the root that was kept
 * @param firstBadSeq the first entry that is missing or does not fit; empty where none stands out,
 *     which with {@code intact} false means: entries were changed together with their hashes
 */
public record AuditVerification(
        long size, ByteString root, boolean intact, OptionalLong firstBadSeq) {
    private static final int PAGE = 500;

    /**
     * Reads the log from its start to its present end. Takes as long as the log is; stops when the
     * thread is interrupted.
     *
     * @param progress told now and then how many entries were checked
     * @throws CancellationException when interrupted
     */
    public static AuditVerification of(AuditLog log, LongConsumer progress) {
        MerkleTree kept = log.tree();
        MerkleTree computed = MerkleTree.EMPTY;
        OptionalLong firstBad = OptionalLong.empty();
        while (computed.size() < kept.size()) {
            if (Thread.interrupted()) {
                throw new CancellationException("interrupted");
            }
            int limit = (int) Math.min(PAGE, kept.size() - computed.size());
            List<AuditRecord> page = log.entries(computed.size(), limit);
            for (AuditRecord entry : page) {
                if (firstBad.isEmpty() && !fits(entry, computed.size())) {
                    firstBad = OptionalLong.of(computed.size());
                }
                computed = computed.plus(MerkleHash.ofLeaf(entry.leaf()));
            }
            progress.accept(computed.size());
            if (page.isEmpty()) {
                break;
            }
        }
        if (firstBad.isEmpty() && computed.size() < kept.size()) {
            firstBad = OptionalLong.of(computed.size());
        }
        boolean intact = firstBad.isEmpty() && computed.equals(kept);
        return new AuditVerification(kept.size(), computed.root(), intact, firstBad);
    }

    private static boolean fits(AuditRecord entry, long place) {
        return entry.seq() == place
                && entry.leaf().equals(AuditLeaf.of(place, entry.time(), entry.event()))
                && entry.leafHash().equals(MerkleHash.ofLeaf(entry.leaf()));
    }
}
