package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.StructType;
import dev.drover.v1.PolicyInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What may stand in an expression of a rule: for editors that complete it.
 *
 * @param variables the fields of {@code PolicyInput}
 * @param types the fields of the messages that these lead to, by the name of the message
 * @param functions by name
 * @param macros by name
 */
public record LanguageSchema(
        List<Field> variables,
        Map<String, List<Field>> types,
        List<Function> functions,
        List<Function> macros) {

    private static final String MESSAGES = "drover.";

    /**
     * A variable, or a field of one.
     *
     * @param type as refusals name it
     * @param declared full name of the field of the proto
     */
    public record Field(String name, String type, String declared) {}

    /**
     * A function or a macro.
     *
     * @param signatures one for each way to call it
     * @param text what it does, in one sentence
     */
    public record Function(String name, List<String> signatures, String text) {
        public Function {
            signatures = List.copyOf(signatures);
        }
    }

    /** The language as it is. */
    public static LanguageSchema current() {
        Map<String, List<Field>> types = new TreeMap<>();
        List<Field> variables = fields(PolicyInput.getDescriptor(), types);
        return new LanguageSchema(variables, types, declaredFunctions(), declaredMacros());
    }

    private static List<Field> fields(Descriptor message, Map<String, List<Field>> types) {
        StructType declared = CelEnvironment.structOf(message);
        List<Field> fields = new ArrayList<>();
        for (FieldDescriptor field : message.getFields()) {
            String type = TypeNames.of(declared.findField(field.getName()).orElseThrow().type());
            fields.add(new Field(field.getName(), type, field.getFullName()));
            collect(field, types);
        }
        return List.copyOf(fields);
    }

    private static void collect(FieldDescriptor field, Map<String, List<Field>> types) {
        if (field.getJavaType() != JavaType.MESSAGE) {
            return;
        }
        if (field.isMapField()) {
            collect(field.getMessageType().findFieldByName("value"), types);
            return;
        }
        Descriptor message = field.getMessageType();
        if (message.getFullName().startsWith(MESSAGES) && !types.containsKey(message.getName())) {
            types.put(message.getName(), List.of());
            types.put(message.getName(), fields(message, types));
        }
    }

    private static List<Function> declaredFunctions() {
        Map<String, List<String>> signatures = new LinkedHashMap<>();
        Stream.of(
                        Stream.of(StandardFunction.values()).map(StandardFunction::functionDecl),
                        CelEnvironment.TEXT_LIBRARY.functions().stream(),
                        Stream.of(TextFunctions.JOIN),
                        OwnFunctions.DECLARATIONS.stream())
                .flatMap(declared -> declared)
                .forEach(function -> add(function, signatures));
        return FunctionNames.FUNCTIONS.stream()
                .map(name ->
                        new Function(
                                name,
                                signatures.getOrDefault(name, List.of()),
                                FunctionTexts.BY_NAME.getOrDefault(name, "")))
                .toList();
    }

    private static void add(CelFunctionDecl function, Map<String, List<String>> signatures) {
        for (CelOverloadDecl overload : function.overloads()) {
            signatures
                    .computeIfAbsent(function.name(), name -> new ArrayList<>())
                    .add(signature(function.name(), overload));
        }
    }

    private static String signature(String name, CelOverloadDecl overload) {
        List<String> types = overload.parameterTypes().stream().map(LanguageSchema::type).toList();
        String call =
                overload.isInstanceFunction()
                        ? types.getFirst() + "." + name + arguments(types.subList(1, types.size()))
                        : name + arguments(types);
        return call + " -> " + type(overload.resultType());
    }

    private static String arguments(List<String> types) {
        return "(" + String.join(", ", types) + ")";
    }

    private static String type(CelType type) {
        return TypeNames.of(type);
    }

    private static List<Function> declaredMacros() {
        return new TreeMap<>(FunctionNames.MACROS)
                .entrySet().stream()
                        .map(macro ->
                                new Function(
                                        macro.getKey(),
                                        List.of(macro.getValue()),
                                        FunctionTexts.MACROS.getOrDefault(macro.getKey(), "")))
                        .toList();
    }
}
