package dev.drover.provider.resource;

import com.google.api.ResourceProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drover.policy.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields that name another noun, held against what such names look like. */
final class References {
    private final List<FieldProblem> problems = new ArrayList<>();

    private References() {}

    /** References that cannot be names of what they should name. */
    static List<FieldProblem> malformed(Message declaration) {
        References references = new References();
        references.collect("", declaration);
        return List.copyOf(references.problems);
    }

    private void collect(String prefix, Message message) {
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            FieldDescriptor field = set.getKey();
            String path = prefix + field.getName();
            if (field.isMapField()) {
                for (Object entry : (List<?>) set.getValue()) {
                    inMap(path, field, (Message) entry);
                }
            } else if (field.isRepeated()) {
                List<?> elements = (List<?>) set.getValue();
                for (int i = 0; i < elements.size(); i++) {
                    single(path + "[" + i + "]", field, elements.get(i));
                }
            } else {
                single(path, field, set.getValue());
            }
        }
    }

    private void inMap(String path, FieldDescriptor map, Message entry) {
        Object key = entry.getField(map.getMessageType().findFieldByNumber(1));
        single(path + "[\"" + key + "\"]", map, entry.getField(Texts.mapValue(map)));
    }

    private void single(String path, FieldDescriptor field, Object value) {
        if (value instanceof Message message) {
            collect(path + ".", message);
        } else if (value instanceof String text && !text.isEmpty()) {
            String type =
                    field.getOptions().getExtension(ResourceProto.resourceReference).getType();
            Optional<Noun> target = type.isEmpty() ? Optional.empty() : Nouns.ofApiType(type);
            target.filter(noun -> !noun.isName(text))
                    .ifPresent(noun ->
                            problems.add(new FieldProblem(path, what(noun, text), 0, 0, "")));
        }
    }

    /** What a text that is no resource name should have been. */
    static String what(Noun noun, String text) {
        return "\""
                + text
                + "\" is not the resource name of a "
                + noun.words()
                + "; write "
                + noun.pattern()
                + ", or "
                + noun.type()
                + ".NAME.id";
    }
}
