package dev.drover.gateway.decision;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Messages as bytes that are always the same for the same content. */
final class Deterministic {
    private Deterministic() {}

    static ByteString bytes(Message message) {
        ByteString.Output bytes = ByteString.newOutput(message.getSerializedSize());
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        // Maps have no order of their own.
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
            return bytes.toByteString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** SHA-256 in hex. */
    static String digest(ByteString bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            bytes.asReadOnlyByteBufferList().forEach(sha256::update);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
