package dev.drover.provider.resource;

import dev.drover.provider.protocol.Identities;
import dev.drover.provider.protocol.SchemaMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step of the build: writes the schema responses that the provider serves. */
public final class EncodeSchema {
    private EncodeSchema() {}

    /** Writes them to the directory of the file that the first argument names. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        DroverProvider provider = DroverProvider.described();
        Files.write(file, SchemaMessages.encode(provider));
        Files.write(file.resolveSibling(DroverProvider.IDENTITIES), Identities.encode(provider));
    }
}
