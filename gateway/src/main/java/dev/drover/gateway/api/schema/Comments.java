package dev.drover.gateway.api.schema;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comments in front of declarations, by full name: {@code drover.v1.Project.labels}. */
public final class Comments {
    private final Map<String, String> byName = new HashMap<>();

    /** Reads those of all files. */
    public Comments(SchemaFiles files) {
        files.all().forEach(this::read);
    }

    /** The comment of a declaration; empty: it has none. */
    public String of(String fullName) {
        return byName.getOrDefault(fullName, "");
    }

    /** The first sentence of a comment. */
    public String summary(String fullName) {
        String text = of(fullName);
        int end = text.indexOf(". ");
        return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
    }

    private void read(FileDescriptorProto file) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            if (!location.getLeadingComments().isEmpty()) {
                byName.put(name(file, location.getPathList()), text(location));
            }
        }
    }

    // A path is pairs of a field's number and an index, down from the file; what lies on the way
    // has a name each, and together they are the full name.
    private static String name(FileDescriptorProto file, List<Integer> path) {
        StringBuilder name = new StringBuilder(file.getPackage());
        Message at = file;
        for (int i = 0; i + 1 < path.size(); i += 2) {
            FieldDescriptor field = at.getDescriptorForType().findFieldByNumber(path.get(i));
            if (field == null || !field.isRepeated()) {
                return "";
            }
            if (!(at.getRepeatedField(field, path.get(i + 1)) instanceof Message next)) {
                return "";
            }
            FieldDescriptor own = next.getDescriptorForType().findFieldByName("name");
            if (own == null || own.isRepeated()) {
                return "";
            }
            name.append('.').append(next.getField(own));
            at = next;
        }
        return name.toString();
    }

    private static String text(Location location) {
        return String.join(" ", location.getLeadingComments().lines().map(String::strip).toList())
                .strip();
    }
}
