package dev.drover.gateway.nomad;

import dev.drover.gateway.cluster.SecretReference;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resolves token references at the moment of use, so that a rotated token needs no restart; never
 * logs or keeps a token.
 */
final class Tokens {

    private final Function<String, @Nullable String> environment;

    Tokens(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** The token, "" if the reference is {@link SecretReference#NONE}. */
    String resolve(String cluster, SecretReference reference) {
        String token =
                switch (reference.source()) {
                    case NONE -> "";
                    case ENVIRONMENT -> fromEnvironment(cluster, reference);
                    case FILE -> fromFile(cluster, reference);
                };
        if (token.isEmpty() && reference.source() != SecretReference.Source.NONE) {
            throw unusable(cluster, reference, "is empty");
        }
        return token;
    }

    private String fromEnvironment(String cluster, SecretReference reference) {
        String value = environment.apply(reference.location());
        if (value == null) {
            throw unusable(
                    cluster, reference, "is not set in the environment of the gateway process");
        }
        return value.strip();
    }

    private static String fromFile(String cluster, SecretReference reference) {
        try {
            return Files.readString(Path.of(reference.location())).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw unusable(
                    cluster,
                    reference,
                    "cannot be read by the gateway ("
                            + unreadable.getClass().getSimpleName()
                            + ")");
        }
    }

    private static GatewayException unusable(
            String cluster, SecretReference reference, String problem) {
        return new GatewayException(
                Reason.CLUSTER_SETTINGS_INVALID,
                "token of " + cluster + ": " + reference + " " + problem,
                ErrorDetails.NONE.with("cluster", cluster));
    }
}
