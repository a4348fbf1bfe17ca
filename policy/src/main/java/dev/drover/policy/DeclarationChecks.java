package dev.drover.policy;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.drover.v1.Application;
import dev.drover.v1.Calendar;
import dev.drover.v1.FieldHint;
import dev.drover.v1.OptionsProto;
import dev.drover.v1.Policy;
import dev.drover.v1.ScaleBounds;
import dev.drover.v1.Strategy;
import dev.drover.v1.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a declaration offline, by the annotations of its proto: REQUIRED fields, patterns, bounds,
 * unknown enum values, expressions, texts that hide something, values that nobody could read again;
 * and what strategies, jobs, policies, calendars and verifications ask beyond them. Safe for use by
 * many threads.
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
        Set<String> told = problems.stream().map(FieldProblem::path).collect(Collectors.toSet());
        special(declaration).stream()
                // What its bounds say of a number is more to the point than what it does to others.
                .filter(problem -> !told.contains(problem.path()))
                .forEach(problems::add);
        return List.copyOf(problems);
    }

    private static List<FieldProblem> special(Message declaration) {
        return switch (declaration.getDescriptorForType().getFullName()) {
            case "drover.v1.Policy" -> RuleChecks.check(as(declaration, Policy.parser()));
            case "drover.v1.Calendar" -> WindowChecks.check(as(declaration, Calendar.parser()));
            case "drover.v1.Verification" ->
                    VerificationChecks.check(as(declaration, Verification.parser()));
            case "drover.v1.Application" -> JobChecks.check(as(declaration, Application.parser()));
            default -> List.of();
        };
    }

    /** Of messages that mean the same wherever they are declared. */
    private static List<FieldProblem> shared(String path, Message message) {
        return switch (message.getDescriptorForType().getFullName()) {
            case "drover.v1.Strategy" -> StrategyChecks.check(path, as(message, Strategy.parser()));
            case "drover.v1.ScaleBounds" -> bounds(path, as(message, ScaleBounds.parser()));
            default -> List.of();
        };
    }

    private static List<FieldProblem> bounds(String path, ScaleBounds bounds) {
        if (bounds.getMax() == 0 || bounds.getMax() >= bounds.getMin()) {
            return List.of();
        }
        return List.of(
                FieldProblem.of(
                        path + ".max",
                        "%d is below min, which is %d; no count would be allowed"
                                .formatted(bounds.getMax(), bounds.getMin())));
    }

    /** A message of a generated class, also where it is dynamic. */
    private static <M extends Message> M as(Message message, Parser<M> parser) {
        try {
            return parser.parseFrom(message.toByteString());
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
            problems.addAll(shared(path, nested));
        } else {
            FieldHint hint = field.getOptions().getExtension(OptionsProto.hint);
            problems.addAll(values.check(path, hint, field.getFile(), value));
        }
    }
}
