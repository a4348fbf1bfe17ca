package dev.drover.gateway.audit;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962 section 2.1: leaves and nodes cannot be taken for one another. */
public final class MerkleHash {
    /** Bytes of one hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleHash() {}

    /** The root of a tree without leaves. */
    public static ByteString ofNothing() {
        return ByteString.copyFrom(sha256().digest());
    }

    /** The hash of one leaf. */
    public static ByteString ofLeaf(ByteString leaf) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        digest.update(leaf.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    /** The hash of the node above two others. */
    public static ByteString ofNode(ByteString left, ByteString right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.asReadOnlyByteBuffer());
        digest.update(right.asReadOnlyByteBuffer());
        return ByteString.copyFrom(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
