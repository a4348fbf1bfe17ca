package dev.drover.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import java.util.regex.Pattern;

/** Names of types as users know them. */
final class TypeNames {

    private static final Pattern PACKAGE = Pattern.compile("drover\\.v1\\.");
    private static final Pattern WELL_KNOWN =
            Pattern.compile("google\\.protobuf\\.(Timestamp|Duration)");

    private TypeNames() {}

    static String of(CelType type) {
        return readable(CelTypes.format(type));
    }

    /** Shortens the names in a text of the type checker. */
    static String readable(String text) {
        return WELL_KNOWN
                .matcher(PACKAGE.matcher(text).replaceAll(""))
                .replaceAll(match -> match.group(1).equals("Timestamp") ? "timestamp" : "duration");
    }
}
