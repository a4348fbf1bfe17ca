package dev.drover.gateway.baseline;

import com.google.api.FieldBehavior;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields that an update sets (AIP-134, AIP-161). Without a mask: every field that is set in the
 * message. {@code *}: all of them; INPUT_ONLY fields that are not set stay even then, because a
 * caller who read the noun cannot know them. Fields that callers cannot set are passed over.
 *
 * @param paths from the noun to each field
 */
record UpdateMask(List<List<FieldDescriptor>> paths) {
    private static final int MAX_PATHS = 200;

    static UpdateMask of(FieldMask mask, Message input) {
        if (mask.getPathsCount() > MAX_PATHS) {
            throw GatewayException.invalidField(
                    "update_mask", "has " + mask.getPathsCount() + " paths; at most " + MAX_PATHS);
        }
        List<List<FieldDescriptor>> paths = new ArrayList<>();
        Descriptor noun = input.getDescriptorForType();
        if (mask.getPathsCount() == 0) {
            noun.getFields().stream()
                    .filter(field -> Fields.isInput(field) && Fields.populated(input, field))
                    .forEach(field -> paths.add(List.of(field)));
        }
        for (int i = 0; i < mask.getPathsCount(); i++) {
            String path = mask.getPaths(i);
            if (path.equals("*")) {
                noun.getFields().stream()
                        .filter(Fields::isInput)
                        .filter(field ->
                                !Fields.is(field, FieldBehavior.INPUT_ONLY)
                                        || Fields.populated(input, field))
                        .forEach(field -> paths.add(List.of(field)));
            } else {
                List<FieldDescriptor> steps = steps(noun, path, "update_mask.paths[" + i + "]");
                if (steps.stream().allMatch(Fields::isInput)) {
                    paths.add(steps);
                }
            }
        }
        return new UpdateMask(List.copyOf(paths));
    }

    private static List<FieldDescriptor> steps(Descriptor noun, String path, String where) {
        List<FieldDescriptor> steps = new ArrayList<>();
        Descriptor in = noun;
        for (String name : path.split("\\.", -1)) {
            if (in == null) {
                throw GatewayException.invalidField(
                        where,
                        "'"
                                + path
                                + "' goes into "
                                + steps.getLast().getName()
                                + ", which is replaced as a whole; name "
                                + dotted(steps));
            }
            FieldDescriptor field = in.findFieldByName(name);
            if (field == null) {
                throw GatewayException.invalidField(
                        where,
                        "'"
                                + path
                                + "': "
                                + in.getName()
                                + " has no field '"
                                + name
                                + "'; its fields are "
                                + in.getFields().stream()
                                        .map(FieldDescriptor::getName)
                                        .collect(Collectors.joining(", ")));
            }
            steps.add(field);
            in = field.isRepeated() || !Fields.isMessage(field) ? null : field.getMessageType();
        }
        return List.copyOf(steps);
    }

    private static String dotted(List<FieldDescriptor> steps) {
        return steps.stream().map(FieldDescriptor::getName).collect(Collectors.joining("."));
    }

    /** The present message with these fields taken from the input. */
    Message apply(Message present, Message input) {
        Message.Builder merged = present.toBuilder();
        for (List<FieldDescriptor> path : paths) {
            take(merged, input, path);
        }
        return merged.build();
    }

    private static void take(Message.Builder into, Message from, List<FieldDescriptor> path) {
        FieldDescriptor field = path.getFirst();
        if (path.size() > 1) {
            Message inner = (Message) from.getField(field);
            if (from.hasField(field) || into.hasField(field)) {
                Message.Builder nested = ((Message) into.getField(field)).toBuilder();
                take(nested, inner, path.subList(1, path.size()));
                into.setField(field, nested.build());
            }
        } else if (Fields.populated(from, field)) {
            into.setField(field, from.getField(field));
        } else {
            into.clearField(field);
        }
    }

    /** Names of the INPUT_ONLY fields that are set. */
    Set<String> inputOnly() {
        Set<String> names = new LinkedHashSet<>();
        for (List<FieldDescriptor> path : paths) {
            if (Fields.is(path.getFirst(), FieldBehavior.INPUT_ONLY)) {
                names.add(path.getFirst().getName());
            }
        }
        return names;
    }
}
