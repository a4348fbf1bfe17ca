package dev.drover.provider.resource;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The comments of the protos, which become descriptions. Only the build reads them; the process
 * serves what the build has made.
 */
final class Comments {
    /** For schemas that nobody reads. */
    static final Comments NONE = new Comments(Map.of());

    private static final String DESCRIPTORS = "/drover/v1/api.desc";

    private final Map<String, String> byName;

    private Comments(Map<String, String> byName) {
        this.byName = byName;
    }

    /** All comments of the API. */
    static Comments read() {
        try (InputStream in = Comments.class.getResourceAsStream(DESCRIPTORS)) {
            if (in == null) {
                throw new IllegalStateException(DESCRIPTORS + " is missing from the class path");
            }
            Map<String, String> byName = new HashMap<>();
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
                if (file.getPackage().startsWith("drover.")) {
                    collect(file, byName);
                }
            }
            return new Comments(byName);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String of(Descriptor message) {
        return byName.getOrDefault(message.getFullName(), "");
    }

    String of(FieldDescriptor field) {
        return byName.getOrDefault(field.getFullName(), "");
    }

    private static void collect(FileDescriptorProto file, Map<String, String> byName) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            if (!location.getLeadingComments().isEmpty() && location.getPathCount() % 2 == 0) {
                String text = location.getLeadingComments().replaceAll("\\s*\\n\\s*", " ").strip();
                byName.put(name(file, location.getPathList()), text);
            }
        }
    }

    /** The full name of what a path of field numbers and indexes leads to. */
    private static String name(FileDescriptorProto file, List<Integer> path) {
        StringBuilder name = new StringBuilder(file.getPackage());
        Message here = file;
        for (int i = 0; i < path.size(); i += 2) {
            var field = here.getDescriptorForType().findFieldByNumber(path.get(i));
            here = (Message) here.getRepeatedField(field, path.get(i + 1));
            var nameField = here.getDescriptorForType().findFieldByName("name");
            name.append('.').append(nameField == null ? "" : here.getField(nameField));
        }
        return name.toString();
    }
}
