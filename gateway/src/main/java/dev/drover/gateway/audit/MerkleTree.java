package dev.drover.gateway.audit;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that only grows, as small as it can be kept: the roots of its perfect subtrees,
 * from the largest (left) to the smallest. That is all that adding a leaf and computing the root
 * need, so a log of any length costs 64 hashes at most.
 *
 * @param size how many leaves there are
 * @param peaks one hash for every bit that is set in {@code size}, the highest bit first
 */
public record MerkleTree(long size, List<ByteString> peaks) {
    /** A tree without leaves. */
    public static final MerkleTree EMPTY = new MerkleTree(0, List.of());

    public MerkleTree {
        peaks = List.copyOf(peaks);
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of %d leaves does not have %d peaks".formatted(size, peaks.size()));
        }
        if (peaks.stream().anyMatch(peak -> peak.size() != MerkleHash.LENGTH)) {
            throw new IllegalArgumentException("a hash has %d bytes".formatted(MerkleHash.LENGTH));
        }
    }

    /** A tree from what {@link #peakBytes} gave. */
    public static MerkleTree of(long size, ByteString peakBytes) {
        List<ByteString> peaks = new ArrayList<>();
        for (int at = 0; at < peakBytes.size(); at += MerkleHash.LENGTH) {
            int end = Math.min(at + MerkleHash.LENGTH, peakBytes.size());
            peaks.add(peakBytes.substring(at, end));
        }
        return new MerkleTree(size, peaks);
    }

    /** The tree with one more leaf at its right end. */
    public MerkleTree plus(ByteString leafHash) {
        List<ByteString> next = new ArrayList<>(peaks);
        ByteString hash = leafHash;
        // Each 1 at the end of the size is a perfect subtree that the new leaf completes to the
        // next larger one, as in adding 1 to a binary number.
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = MerkleHash.ofNode(next.removeLast(), hash);
        }
        next.add(hash);
        return new MerkleTree(size + 1, next);
    }

    /** The root hash of RFC 6962. */
    public ByteString root() {
        if (peaks.isEmpty()) {
            return MerkleHash.ofNothing();
        }
        ByteString root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleHash.ofNode(peaks.get(i), root);
        }
        return root;
    }

    /** All peaks in one row of bytes. */
    public ByteString peakBytes() {
        return ByteString.copyFrom(peaks);
    }
}
