package dev.drover.policy;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.v1.FieldHint;
import dev.drover.v1.OptionsProto;
import dev.drover.v1.Policy;
import dev.drover.v1.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a declaration offline, by the annotations of its proto: REQUIRED fields, patterns, bounds,
 * unknown enum values, expressions, texts that hide something, values that nobody could read again;
 * and what policies and verifications ask beyond them. Safe for use by many threads.
 */
public final class DeclarationChecks {

    private final ValueChecks values;

    /** Checks with this language; it costs nothing before the first expression. */
    public DeclarationChecks(PolicyLanguage language) {
        this.values = new ValueChecks(language);
    }

    /**
     * All problems of a message and of the messages in it, in the order of its fields. Fields that
     * are OUTPUT_ONLY or IDENTIFIER are not looked at.
     *
     * @param declaration a noun, generated or dynamic
     */
    public List<FieldProblem> check(Message declaration) {
        List<FieldProblem> problems = new ArrayList<>(ReadableChecks.check(declaration));
        if (!problems.isEmpty()) {
            return List.copyOf(problems);
        }
        message("", declaration, problems);
        problems.addAll(TextChecks.check(declaration));
        problems.addAll(special(declaration));
        return List.copyOf(problems);
    }

    private static List<FieldProblem> special(Message declaration) {
        String type = declaration.getDescriptorForType().getFullName();
        try {
            if (type.equals(Policy.getDescriptor().getFullName())) {
                return RuleChecks.check(
                        declaration instanceof Policy policy
                                ? policy
                                : Policy.parseFrom(declaration.toByteString()));
            }
            if (type.equals(Verification.getDescriptor().getFullName())) {
                return VerificationChecks.check(
                        declaration instanceof Verification verification
                                ? verification
                                : Verification.parseFrom(declaration.toByteString()));
            }
            return List.of();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not the message that its descriptor says", e);
        }
    }

    private void message(String path, Message message, List<FieldProblem> problems) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            List<FieldBehavior> behavior =
                    field.getOptions().getExtension(FieldBehaviorProto.fieldBehavior);
            if (behavior.contains(FieldBehavior.OUTPUT_ONLY)
                    || behavior.contains(FieldBehavior.IDENTIFIER)) {
                continue;
            }
            String fieldPath = path.isEmpty() ? field.getName() : path + "." + field.getName();
            if (isSet(message, field)) {
                field(fieldPath, field, message, problems);
            } else if (behavior.contains(FieldBehavior.REQUIRED)) {
                problems.add(FieldProblem.of(fieldPath, "is required"));
            }
        }
    }

    private static boolean isSet(Message message, FieldDescriptor field) {
        return field.isRepeated()
                ? message.getRepeatedFieldCount(field) > 0
                : message.hasField(field);
    }

    private void field(
            String path, FieldDescriptor field, Message message, List<FieldProblem> problems) {
        FieldHint hint = field.getOptions().getExtension(OptionsProto.hint);
        Object value = message.getField(field);
        if (field.isMapField()) {
            map(path, field, (List<?>) value, problems);
        } else if (field.isRepeated()) {
            List<?> elements = (List<?>) value;
            problems.addAll(ValueChecks.duplicates(path, hint, elements));
            for (int i = 0; i < elements.size(); i++) {
                value(path + "[" + i + "]", field, elements.get(i), problems);
            }
        } else {
            value(path, field, value, problems);
        }
    }

    private void map(
            String path, FieldDescriptor field, List<?> entries, List<FieldProblem> problems) {
        for (Object entry : entries) {
            Message pair = (Message) entry;
            Map<FieldDescriptor, Object> fields = pair.getAllFields();
            FieldDescriptor key = pair.getDescriptorForType().findFieldByName("key");
            FieldDescriptor value = pair.getDescriptorForType().findFieldByName("value");
            String name = fields.getOrDefault(key, "").toString();
            value(path + "[" + ValueText.quoted(name) + "]", field, pair.getField(value), problems);
        }
    }

    private void value(
            String path, FieldDescriptor field, Object value, List<FieldProblem> problems) {
        if (value instanceof Message nested) {
            message(path, nested, problems);
        } else {
            FieldHint hint = field.getOptions().getExtension(OptionsProto.hint);
            problems.addAll(values.check(path, hint, field.getFile(), value));
        }
    }
}
