package dev.drover.gateway.app;

import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.baseline.SecretBox;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The key that sensitive variables are encrypted with: a file beside the store, for its owner only.
 */
final class SecretKeyFile {
    private static final String NAME = "secret.key";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");

    private SecretKeyFile() {}

    /** The key in this directory; made where there is none, durable before it is used. */
    static byte[] in(Path directory, SecureRandom random) {
        Path file = directory.resolve(NAME);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                create(file, random);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != SecretBox.KEY_BYTES) {
                throw new StartFailure(
                        file
                                + " is not a key of Drover ("
                                + key.length
                                + " bytes instead of "
                                + SecretBox.KEY_BYTES
                                + "); restore it from a backup");
            }
            return key;
        } catch (IOException e) {
            throw new StartFailure("the key " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void create(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[SecretBox.KEY_BYTES];
        random.nextBytes(key);
        Path made = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (FileChannel out = FileChannel.open(made, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(key));
            out.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
