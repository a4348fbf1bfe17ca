import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packs files into a zip as Terraform needs it: with Unix modes and without links, and the same bytes each time. */
class Zip {
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-11-21T00:00:00Z"));

    /** {@code java Zip.java ZIP DIRECTORY NAME...}: what to pack is named relative to the directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        URI zip = URI.create("jar:" + Path.of(arguments[0]).toUri());
        try (FileSystem packed =
                FileSystems.newFileSystem(zip, Map.of("create", "true", "enablePosixFileAttributes", "true"))) {
            for (String name : List.of(arguments).subList(2, arguments.length)) {
                try (Stream<Path> found = Files.walk(directory.resolve(name))) {
                    for (Path file : found.filter(path -> !Files.isDirectory(path)).sorted().toList()) {
                        add(file, packed.getPath(directory.relativize(file).toString()));
                    }
                }
            }
        }
    }

    private static void add(Path file, Path entry) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a link or special file, which a provider's zip has no place for");
        }
        if (entry.getParent() != null) {
            Files.createDirectories(entry.getParent());
        }
        Files.copy(file, entry);
        Files.setPosixFilePermissions(
                entry, PosixFilePermissions.fromString(Files.isExecutable(file) ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(entry, TIME);
        for (Path parent = entry.getParent(); parent != null; parent = parent.getParent()) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setLastModifiedTime(parent, TIME);
        }
    }
}
