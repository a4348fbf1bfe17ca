package dev.drover.gateway.store;

import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second gateway off an embedded store. The operating system drops the lock when the
 * process ends, however it ends, so there is never a stale one to clean up.
 */
final class StoreLock implements AutoCloseable {
    /**
     * POSIX drops a process's locks of a file when it closes the file anywhere: look here first.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final int PID_BYTES = 20;

    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory.
     *
     * @throws GatewayException STORE_UNAVAILABLE where another process, or this one, has it
     */
    static StoreLock take(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("drover.lock");
        if (!HELD_HERE.add(file)) {
            throw held(file, Long.toString(ProcessHandle.current().pid()));
        }
        boolean taken = false;
        try {
            StoreLock lock = open(file);
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static StoreLock open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw held(file, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(pid());
        return new StoreLock(file, channel);
    }

    private static ByteBuffer pid() {
        String pid = Long.toString(ProcessHandle.current().pid());
        return ByteBuffer.wrap((pid + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static GatewayException held(Path file, String holder) {
        boolean known = !holder.isEmpty() && holder.length() <= PID_BYTES;
        String who = known ? "process " + holder : "another process";
        return new GatewayException(
                Reason.STORE_UNAVAILABLE,
                "the embedded store is in use: %s holds %s; stop that gateway, or give this one a directory of its own"
                        .formatted(who, file),
                ErrorDetails.NONE.with("lock_file", file.toString()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
