package dev.drover.gateway.outbound;

import dev.drover.v1.HttpHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Header values of one request: references are resolved when it is sent, so that a rotated value
 * needs no restart, and are taken out of everything that comes back.
 */
final class HeaderValues {
    private static final String HIDDEN = "(hidden)";

    /** What is shorter would be found in every text. */
    private static final int SECRET_MIN = 4;

    private static final int FILE_BYTES_MAX = 16_384;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();

    private HeaderValues() {}

    /** A reference that cannot be resolved. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1;

        UnusableException(String message) {
            super(message);
        }
    }

    static HeaderValues of(List<HttpHeader> headers, Function<String, @Nullable String> environment)
            throws UnusableException {
        HeaderValues resolved = new HeaderValues();
        for (HttpHeader header : headers) {
            if (header.getValueFrom().isEmpty()) {
                resolved.values.put(header.getName(), header.getValue());
            } else {
                String secret = secret(header, environment);
                resolved.values.put(header.getName(), secret);
                resolved.hide(secret);
            }
        }
        return resolved;
    }

    Map<String, String> values() {
        return values;
    }

    /** The text without any value that came from a reference. */
    String redacted(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }

    /** A token is a secret without the word before it, too. */
    private void hide(String secret) {
        for (String part : List.of(secret, secret.substring(secret.lastIndexOf(' ') + 1))) {
            if (part.length() >= SECRET_MIN) {
                secrets.add(part);
            }
        }
    }

    private static String secret(HttpHeader header, Function<String, @Nullable String> environment)
            throws UnusableException {
        String reference = header.getValueFrom();
        String place = reference.substring(reference.indexOf(':') + 1);
        String value =
                reference.startsWith("env:")
                        ? environment.apply(place)
                        : file(header, reference, place);
        if (value == null || value.isBlank()) {
            throw unusable(header, reference, "is not set, or empty, in the gateway's process");
        }
        String secret = value.strip();
        if (secret.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
            throw unusable(header, reference, "holds more than one line");
        }
        return secret;
    }

    private static String file(HttpHeader header, String reference, String path)
            throws UnusableException {
        try {
            Path file = Path.of(path);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw unusable(header, reference, "is too large for a header");
            }
            return Files.readString(file);
        } catch (IOException | InvalidPathException e) {
            throw unusable(
                    header,
                    reference,
                    "cannot be read by the gateway (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static UnusableException unusable(HttpHeader header, String reference, String why) {
        return new UnusableException("header " + header.getName() + ": " + reference + " " + why);
    }
}
