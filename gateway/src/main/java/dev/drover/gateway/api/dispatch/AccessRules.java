package dev.drover.gateway.api.dispatch;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.OptionsProto;
import java.util.Map;

/**
 * The level that each method needs: what its .proto declares, and a table for services of others,
 * which cannot declare it.
 */
public final class AccessRules {
    private static final Map<String, AccessLevel> FOREIGN =
            Map.of(
                    "google.longrunning.Operations.ListOperations", AccessLevel.VIEWER,
                    "google.longrunning.Operations.GetOperation", AccessLevel.VIEWER,
                    "google.longrunning.Operations.WaitOperation", AccessLevel.VIEWER,
                    "google.longrunning.Operations.CancelOperation", AccessLevel.OPERATOR,
                    "google.longrunning.Operations.DeleteOperation", AccessLevel.ADMIN);

    private AccessRules() {}

    /**
     * The level.
     *
     * @throws IllegalStateException where none is declared: such a method must not be served
     */
    public static AccessLevel needed(MethodDescriptor method) {
        AccessLevel declared = method.getOptions().getExtension(OptionsProto.access);
        AccessLevel level =
                declared == AccessLevel.ACCESS_LEVEL_UNSPECIFIED
                        ? FOREIGN.getOrDefault(method.getFullName(), declared)
                        : declared;
        if (level == AccessLevel.ACCESS_LEVEL_UNSPECIFIED) {
            throw new IllegalStateException(
                    method.getFullName() + " does not declare (drover.v1.access)");
        }
        return level;
    }
}
