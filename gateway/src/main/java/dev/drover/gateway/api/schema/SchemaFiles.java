package dev.drover.gateway.api.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The .proto files of what is served, by name. Drover's own come from the packaged descriptor set,
 * which keeps their comments; generated classes do not.
 */
public final class SchemaFiles {
    private static final String PACKAGED = "/drover/v1/api.desc";

    private final Map<String, FileDescriptorProto> byName = new LinkedHashMap<>();

    /** The packaged files, and these with everything that they import. */
    public static SchemaFiles with(Collection<FileDescriptor> files) {
        SchemaFiles all = new SchemaFiles();
        packaged().getFileList().forEach(file -> all.byName.put(file.getName(), file));
        files.forEach(all::add);
        return all;
    }

    private static FileDescriptorSet packaged() {
        try (InputStream in = SchemaFiles.class.getResourceAsStream(PACKAGED)) {
            if (in == null) {
                throw new IllegalStateException(PACKAGED + " is not on the class path");
            }
            return FileDescriptorSet.parseFrom(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(FileDescriptor file) {
        if (byName.putIfAbsent(file.getName(), file.toProto()) == null) {
            file.getDependencies().forEach(this::add);
        }
    }

    /** A file by the name that others import it by. */
    public Optional<FileDescriptorProto> file(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All of them. */
    public Collection<FileDescriptorProto> all() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
