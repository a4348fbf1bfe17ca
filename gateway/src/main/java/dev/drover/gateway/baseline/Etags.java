package dev.drover.gateway.baseline;

import com.google.protobuf.ByteString;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.StoredRecord;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Etags: a digest of revision and content. */
public final class Etags {
    private static final int BYTES = 12;

    private Etags() {}

    /** The etag of a record. */
    public static String of(StoredRecord record) {
        return of(record.revision(), record.body());
    }

    /** The etag that a record with this revision and body has. */
    public static String of(long revision, ByteString body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
            byte[] digest = sha256.digest(body.toByteArray());
            // No character that a shell or a command line takes for something else.
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Refuses an etag that is not the present one; an empty one is always right.
     *
     * @throws GatewayException ETAG_MISMATCH with both
     */
    public static void check(String name, String sent, String present) {
        if (!sent.isEmpty() && !sent.equals(present)) {
            throw new GatewayException(
                    Reason.ETAG_MISMATCH,
                    name
                            + " was changed meanwhile: its etag is "
                            + present
                            + ", not "
                            + sent
                            + "; read it again and repeat the change",
                    ErrorDetails.NONE
                            .with("resource", name)
                            .with("sentEtag", sent)
                            .with("currentEtag", present));
        }
    }
}
