package dev.drover.gateway.audit;

import java.util.List;

/** Reads the audit log; entries are only ever added, by commits. */
public interface AuditLog {
    /** How many entries there are. */
    long size();

    /**
     * Entries by number.
     *
     * @param from the first number
     * @param limit how many at most, 1 or more
     * @return those that exist, ascending, without gaps
     */
    List<AuditRecord> entries(long from, int limit);

    /** The Merkle tree over all entries, as it was kept with the last of them. */
    MerkleTree tree();
}
