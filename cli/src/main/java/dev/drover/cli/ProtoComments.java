package dev.drover.cli;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The comments of the protos on the fields of their messages, which are no part of a class. */
final class ProtoComments {
    private static final String DESCRIPTORS = "/drover/v1/api.desc";
    private static final List<Integer> FIELD =
            List.of(
                    FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER,
                    DescriptorProto.FIELD_FIELD_NUMBER);

    private ProtoComments() {}

    /** By the full name of the field, in one line each. */
    static Map<String, String> read() {
        try (InputStream in = ProtoComments.class.getResourceAsStream(DESCRIPTORS)) {
            if (in == null) {
                throw new IllegalStateException(DESCRIPTORS + " is missing from the build");
            }
            Map<String, String> comments = new HashMap<>();
            for (FileDescriptorProto file : FileDescriptorSet.parseFrom(in).getFileList()) {
                for (Location location : file.getSourceCodeInfo().getLocationList()) {
                    if (ofField(location) && !location.getLeadingComments().isBlank()) {
                        comments.put(name(file, location), line(location.getLeadingComments()));
                    }
                }
            }
            return comments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ofField(Location location) {
        return location.getPathCount() == 4
                && FIELD.equals(List.of(location.getPath(0), location.getPath(2)));
    }

    private static String name(FileDescriptorProto file, Location location) {
        DescriptorProto message = file.getMessageType(location.getPath(1));
        return file.getPackage()
                + "."
                + message.getName()
                + "."
                + message.getField(location.getPath(3)).getName();
    }

    private static String line(String comment) {
        return comment.replaceAll("\\s*\\n\\s*", " ").strip();
    }
}
