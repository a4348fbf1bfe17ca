package dev.drover.gateway.api.grpc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.drover.gateway.api.schema.SchemaFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the file that declares a name, and the files that extend a message. */
final class SymbolIndex {
    private final Map<String, FileDescriptorProto> bySymbol = new HashMap<>();
    private final Map<String, NavigableMap<Integer, FileDescriptorProto>> extensions =
            new HashMap<>();

    SymbolIndex(SchemaFiles files) {
        files.all().forEach(this::add);
    }

    Optional<FileDescriptorProto> file(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol));
    }

    /** Files that extend this message, by the numbers they use. */
    NavigableMap<Integer, FileDescriptorProto> extensions(String message) {
        return extensions.getOrDefault(message, new TreeMap<>());
    }

    private void add(FileDescriptorProto file) {
        String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
        file.getMessageTypeList().forEach(message -> add(file, scope, message));
        file.getEnumTypeList().forEach(type -> add(file, scope, type));
        file.getServiceList().forEach(service -> add(file, scope, service));
        file.getExtensionList().forEach(extension -> addExtension(file, scope, extension));
    }

    private void add(FileDescriptorProto file, String scope, DescriptorProto message) {
        String name = scope + message.getName();
        bySymbol.put(name, file);
        String inner = name + ".";
        message.getFieldList().forEach(field -> bySymbol.put(inner + field.getName(), file));
        message.getOneofDeclList().forEach(oneof -> bySymbol.put(inner + oneof.getName(), file));
        message.getNestedTypeList().forEach(nested -> add(file, inner, nested));
        message.getEnumTypeList().forEach(type -> add(file, inner, type));
        message.getExtensionList().forEach(extension -> addExtension(file, inner, extension));
    }

    // The names of an enum's values are siblings of the enum.
    private void add(FileDescriptorProto file, String scope, EnumDescriptorProto type) {
        bySymbol.put(scope + type.getName(), file);
        type.getValueList().forEach(value -> bySymbol.put(scope + value.getName(), file));
    }

    private void add(FileDescriptorProto file, String scope, ServiceDescriptorProto service) {
        String name = scope + service.getName();
        bySymbol.put(name, file);
        service.getMethodList()
                .forEach(method -> bySymbol.put(name + "." + method.getName(), file));
    }

    private void addExtension(
            FileDescriptorProto file, String scope, FieldDescriptorProto extension) {
        bySymbol.put(scope + extension.getName(), file);
        String extended = extension.getExtendee().replaceFirst("^\\.", "");
        extensions
                .computeIfAbsent(extended, message -> new TreeMap<>())
                .put(extension.getNumber(), file);
    }
}
