package dev.drover.policy;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * {@code join}, with the standard meaning but bounded before the text is made: the standard one can
 * square its input.
 */
final class TextFunctions {

    static final CelFunctionDecl JOIN =
            CelFunctionDecl.newFunctionDeclaration(
                    "join",
                    CelOverloadDecl.newMemberOverload(
                            "list_join", SimpleType.STRING, ListType.create(SimpleType.STRING)),
                    CelOverloadDecl.newMemberOverload(
                            "list_join_string",
                            SimpleType.STRING,
                            ListType.create(SimpleType.STRING),
                            SimpleType.STRING));

    @SuppressWarnings("unchecked") // The checker lets lists of text pass only.
    static final List<CelFunctionBinding> BINDINGS =
            List.of(
                    CelFunctionBinding.from(
                            "list_join", List.class, list -> join((List<String>) list, "")),
                    CelFunctionBinding.from(
                            "list_join_string",
                            List.class,
                            String.class,
                            (list, separator) -> join((List<String>) list, separator)));

    private TextFunctions() {}

    private static String join(List<String> parts, String separator) {
        long size = (long) separator.length() * Math.max(0, parts.size() - 1);
        for (String part : parts) {
            size += part.length();
        }
        if (size > Limits.TEXT_SIZE) {
            throw LimitExceeded.valueSize();
        }
        return String.join(separator, parts);
    }
}
