package dev.drover.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads text that somebody names: a file, or standard input where it is called {@code -}. */
final class InputFile {
    /** More than the gateway takes in one request is a mistake, for example a binary. */
    private static final int BYTES_MAX = 64 << 20;

    private InputFile() {}

    /**
     * The text of a file.
     *
     * @param what begins the sentence about a file that cannot be read, for example {@code the
     *     jobspec of job web}
     */
    static String read(String what, String file) {
        try {
            byte[] bytes =
                    file.equals("-")
                            ? System.in.readNBytes(BYTES_MAX + 1)
                            : bytes(what, Path.of(file));
            if (bytes.length > BYTES_MAX) {
                throw new CliException(what + " " + file + " is larger than 64 MiB");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (NoSuchFileException e) {
            throw new CliException(what + " " + file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new CliException(what + " " + file + " may not be read by this user", e);
        } catch (CharacterCodingException e) {
            throw new CliException(what + " " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new CliException(what + " " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A file in messages: {@code -} says nothing to whoever does not know it. */
    static String name(String file) {
        return file.equals("-") ? "standard input" : file;
    }

    private static byte[] bytes(String what, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CliException(what + " " + file + " is a directory");
        }
        return Files.readAllBytes(file);
    }
}
