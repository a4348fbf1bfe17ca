package dev.drover.provider.resource;

import dev.drover.provider.protocol.SchemaMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step of the build: writes the schema response that the provider serves. */
public final class EncodeSchema {
    private EncodeSchema() {}

    /** Writes it to the file that the first argument names. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, SchemaMessages.encode(DroverProvider.described()));
    }
}
