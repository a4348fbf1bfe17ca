package dev.drover.gateway.store;

import dev.drover.gateway.error.GatewayException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that opens a store, prints {@code open}, and waits until its input ends; or prints why
 * it could not.
 */
final class OpenAndWait {
    private OpenAndWait() {}

    public static void main(String[] arguments) throws IOException {
        try (SqliteStore store = SqliteStore.open(StoreSettings.in(Path.of(arguments[0])))) {
            System.out.println("open " + store.size());
            System.in.transferTo(System.out);
        } catch (GatewayException refusal) {
            System.out.println(refusal.reason() + " " + refusal.getMessage());
        }
    }
}
