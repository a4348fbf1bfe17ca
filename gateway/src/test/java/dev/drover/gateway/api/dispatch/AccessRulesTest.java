package dev.drover.gateway.api.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.longrunning.OperationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.ExtensionRegistry;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.OptionsProto;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private static Map<String, AccessLevel> declared() throws Exception {
        ExtensionRegistry extensions = ExtensionRegistry.newInstance();
        OptionsProto.registerAllExtensions(extensions);
        Map<String, AccessLevel> levels = new TreeMap<>();
        try (InputStream in = AccessRulesTest.class.getResourceAsStream("/drover/v1/api.desc")) {
            FileDescriptorSet.parseFrom(in, extensions).getFileList().stream()
                    .filter(file -> file.getPackage().equals("drover.v1"))
                    .flatMap(file -> file.getServiceList().stream())
                    .forEach(service ->
                            service.getMethodList()
                                    .forEach(method -> put(levels, service.getName(), method)));
        }
        return levels;
    }

    private static void put(
            Map<String, AccessLevel> levels, String service, MethodDescriptorProto method) {
        levels.put(
                service + "/" + method.getName(),
                method.getOptions().getExtension(OptionsProto.access));
    }

    @Test
    void everyMethodOfDroverDeclaresItsLevel() throws Exception {
        assertThat(declared())
                .hasSizeGreaterThan(60)
                .allSatisfy((method, level) ->
                        assertThat(level)
                                .as(method)
                                .isNotEqualTo(AccessLevel.ACCESS_LEVEL_UNSPECIFIED));
    }

    @Test
    void whatChangesTheBaselineNeedsAnAdminAndReadingNeedsAViewer() throws Exception {
        declared()
                .forEach((method, level) -> {
                    String name = method.substring(method.indexOf('/') + 1);
                    if (name.startsWith("Get") || name.startsWith("Watch")) {
                        assertThat(level).as(method).isEqualTo(AccessLevel.VIEWER);
                    }
                    if (name.startsWith("Delete") || name.contains("Token")) {
                        assertThat(level).as(method).isEqualTo(AccessLevel.ADMIN);
                    }
                });
    }

    @Test
    void everyMethodOfOperationsHasALevelInTheTable() {
        for (MethodDescriptor method :
                OperationsProto.getDescriptor().findServiceByName("Operations").getMethods()) {
            assertThat(AccessRules.needed(method)).isNotNull();
        }
    }
}
