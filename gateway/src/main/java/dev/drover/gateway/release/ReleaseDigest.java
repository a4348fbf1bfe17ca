package dev.drover.gateway.release;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseJob;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest of what a release brings: SHA-256 in hex over its jobs in the order of their ids, and
 * its variables. Two releases with the same digest bring the same.
 */
final class ReleaseDigest {
    private ReleaseDigest() {}

    static String of(Release release) {
        List<ReleaseJob> jobs =
                release.getJobsList().stream()
                        .sorted(Comparator.comparing(ReleaseJob::getId))
                        .toList();
        Message digested =
                Release.newBuilder().addAllJobs(jobs).setVariables(release.getVariables()).build();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(deterministic(digested)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    // Maps have no order on the wire; sorted, equal variables give equal bytes.
    private static byte[] deterministic(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.checkNoSpaceLeft();
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail", e);
        }
    }
}
