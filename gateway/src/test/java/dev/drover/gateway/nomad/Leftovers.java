package dev.drover.gateway.nomad;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes a Nomad data directory with what a killed client leaves mounted in it. */
final class Leftovers {

    private Leftovers() {}

    static void remove(Path directory) throws InterruptedException {
        try {
            List<String> mounts = mountsUnder(directory);
            if (!mounts.isEmpty()) {
                ProcessBuilder umount = new ProcessBuilder("umount", "--lazy");
                umount.command().addAll(mounts);
                umount.inheritIO().start().waitFor();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Innermost first. */
    private static List<String> mountsUnder(Path directory) throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        if (!Files.exists(mounts)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(mounts)) {
            return lines.map(line -> line.split(" ", 3)[1])
                    .filter(mount -> mount.startsWith(directory + "/"))
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
