package dev.drover.policy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ProtoMessageTypeProvider;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.drover.v1.PolicyInput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The compiler and runtime of expressions over the fields of one message; immutable, built at the
 * first such expression of the process.
 *
 * @param input whose fields are the variables
 */
record CelEnvironment(Descriptor input, Cel cel) {

    /**
     * Those that cannot make a text longer than what they are given; {@link TextFunctions} has the
     * others, bounded.
     */
    private static final Function[] TEXT_FUNCTIONS = {
        Function.CHAR_AT,
        Function.INDEX_OF,
        Function.LAST_INDEX_OF,
        Function.LOWER_ASCII,
        Function.SPLIT,
        Function.SUBSTRING,
        Function.TRIM,
        Function.UPPER_ASCII
    };

    static final CelStringExtensions TEXT_LIBRARY = CelExtensions.strings(TEXT_FUNCTIONS);

    /** By the name of the message: as many as the proto has messages for expressions. */
    private static final Map<String, CelEnvironment> BUILT = new ConcurrentHashMap<>();

    static CelEnvironment of(Descriptor input) {
        return BUILT.computeIfAbsent(
                input.getFullName(), name -> new CelEnvironment(input, build(input)));
    }

    static CelEnvironment policy() {
        return of(PolicyInput.getDescriptor());
    }

    List<String> variables() {
        return input.getFields().stream().map(FieldDescriptor::getName).toList();
    }

    private static Cel build(Descriptor input) {
        CelBuilder builder =
                CelFactory.plannerCelBuilder()
                        .setOptions(options())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addMessageTypes(input)
                        .addCompilerLibraries(TEXT_LIBRARY)
                        .addRuntimeLibraries(TEXT_LIBRARY)
                        .addFunctionDeclarations(TextFunctions.JOIN)
                        .addFunctionBindings(TextFunctions.BINDINGS)
                        .addFunctionDeclarations(OwnFunctions.DECLARATIONS)
                        .addFunctionBindings(OwnFunctions.BINDINGS);
        StructType variables = structOf(input);
        input.getFields().forEach(field -> builder.addVar(field.getName(), type(variables, field)));
        return builder.build();
    }

    private static CelOptions options() {
        return CelOptions.current()
                // The planner demands it.
                .enableHeterogeneousNumericComparisons(true)
                // All parts are evaluated, so that an explanation names every part that is false,
                // not only the first.
                .enableShortCircuiting(false)
                .populateMacroCalls(true)
                .maxExpressionCodePointSize(Limits.EXPRESSION_SIZE)
                .maxParseRecursionDepth(Limits.NESTING)
                .maxParseErrorRecoveryLimit(Limits.PROBLEMS)
                // Never reached, as every turn costs work; said to the evaluator all the same.
                .comprehensionMaxIterations(Limits.WORK)
                .maxRegexProgramSize(Limits.PATTERN_PROGRAM)
                .build();
    }

    static StructType structOf(Descriptor input) {
        FileDescriptor file = input.getFile();
        return (StructType)
                ProtoMessageTypeProvider.newBuilder()
                        .addFileDescriptors(file)
                        .setResolveTypeDependencies(true)
                        .build()
                        .findType(input.getFullName())
                        .orElseThrow();
    }

    private static CelType type(StructType variables, FieldDescriptor field) {
        return variables.findField(field.getName()).orElseThrow().type();
    }
}
