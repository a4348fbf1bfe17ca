package dev.drover.gateway.baseline;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drover.gateway.error.GatewayException;
import java.util.regex.Pattern;

/**
 * What an id that a caller chooses must look like.
 *
 * @param pattern the whole id
 * @param words the same for people
 */
record IdRule(Pattern pattern, String words) {
    /** The rule of AIP-122: what DNS labels allow, beginning with a letter. */
    static final IdRule LABEL =
            new IdRule(
                    Pattern.compile("[a-z][a-z0-9-]{0,62}"),
                    "1 to 63 of a-z, 0-9 and -, starting with a letter");

    /** The rule of an id field of a Create request: its pattern, where it declares one. */
    static IdRule of(FieldDescriptor idField) {
        String pattern = Fields.hint(idField).getPattern();
        return pattern.isEmpty()
                ? LABEL
                : new IdRule(Pattern.compile(pattern), "a text that matches " + pattern);
    }

    void check(String field, String id) {
        if (id.isEmpty()) {
            throw GatewayException.invalidField(field, "is required; choose " + words);
        }
        if (!pattern.matcher(id).matches()) {
            throw GatewayException.invalidField(
                    field, "'" + id + "' is not an id; choose " + words);
        }
    }
}
