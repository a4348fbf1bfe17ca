package dev.drover.gateway.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.v1.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nomad's structured diff as a flat list of fields, sensitive values hidden. */
final class DiffFields {

    private static final Pattern KEYED = Pattern.compile("(\\w+)\\[(.*)\\]");
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final Redaction redaction;
    private final List<FieldChange> changes = new ArrayList<>();

    private DiffFields(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Fields that change, in Nomad's order. */
    static List<FieldChange> of(JsonNode diff, Redaction redaction) {
        DiffFields fields = new DiffFields(redaction);
        fields.owner(diff, new Owner("", "", ""));
        for (JsonNode group : diff.path("TaskGroups")) {
            String name = group.path("Name").asText();
            Owner owner = new Owner("group." + name + ".", name, "");
            fields.owner(group, owner);
            for (JsonNode task : group.path("Tasks")) {
                String taskName = task.path("Name").asText();
                fields.owner(
                        task, new Owner(owner.path() + "task." + taskName + ".", name, taskName));
            }
        }
        return List.copyOf(fields.changes);
    }

    /** The job, a group or a task; the path ends in a dot. */
    private record Owner(String path, String group, String task) {}

    private void owner(JsonNode diff, Owner owner) {
        List<String> remarks = texts(diff.path("Annotations"));
        int before = changes.size();
        for (JsonNode field : diff.path("Fields")) {
            String name = field.path("Name").asText();
            Matcher keyed = KEYED.matcher(name);
            FieldPlace place =
                    keyed.matches()
                            ? FieldPlace.of(
                                    owner.group(), owner.task(), keyed.group(1), keyed.group(2))
                            : FieldPlace.of(owner.group(), owner.task(), name, "");
            String path =
                    keyed.matches() ? snake(keyed.group(1)) + "." + keyed.group(2) : snake(name);
            add(field, owner.path() + path, place);
        }
        for (JsonNode object : diff.path("Objects")) {
            String block = object.path("Name").asText();
            object(object, owner, block, owner.path() + snake(block) + ".");
        }
        // Nomad's remark on a task is about the task, not about one of its fields.
        for (int i = before; i < changes.size() && !remarks.isEmpty(); i++) {
            FieldChange change = changes.get(i);
            changes.set(i, change.toBuilder().addAllAnnotations(remarks).build());
        }
    }

    private void object(JsonNode object, Owner owner, String block, String path) {
        for (JsonNode field : object.path("Fields")) {
            String name = field.path("Name").asText();
            // The keys of a driver's configuration are the driver's own.
            String spelled = block.equals("Config") ? name : snake(name);
            add(field, path + spelled, FieldPlace.of(owner.group(), owner.task(), block, name));
        }
        for (JsonNode inner : object.path("Objects")) {
            object(inner, owner, block, path + snake(inner.path("Name").asText()) + ".");
        }
    }

    private void add(JsonNode field, String path, FieldPlace place) {
        type(field.path("Type").asText())
                .ifPresent(type ->
                        changes.add(
                                FieldChange.newBuilder()
                                        .setPath(redaction.sentence(path))
                                        .setType(type)
                                        .setOldValue(
                                                redaction.value(
                                                        place, field.path("Old").asText("")))
                                        .setNewValue(
                                                redaction.value(
                                                        place, field.path("New").asText("")))
                                        .addAllAnnotations(texts(field.path("Annotations")))
                                        .build()));
    }

    private static Optional<FieldChange.Type> type(String type) {
        return switch (type) {
            case "Added" -> Optional.of(FieldChange.Type.ADDED);
            case "Deleted" -> Optional.of(FieldChange.Type.DELETED);
            case "Edited" -> Optional.of(FieldChange.Type.EDITED);
            default -> Optional.empty();
        };
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static String snake(String name) {
        return WORDS.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
