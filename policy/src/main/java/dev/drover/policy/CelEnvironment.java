package dev.drover.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.drover.v1.PolicyInput;
import java.util.List;

/**
 * The compiler and runtime of all expressions; immutable, built at the first expression of the
 * process.
 */
final class CelEnvironment {

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

    static final List<String> VARIABLES =
            PolicyInput.getDescriptor().getFields().stream().map(FieldDescriptor::getName).toList();

    static final Cel CEL = build();

    private CelEnvironment() {}

    private static Cel build() {
        CelBuilder builder =
                CelFactory.plannerCelBuilder()
                        .setOptions(options())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                        .addMessageTypes(PolicyInput.getDescriptor())
                        .addCompilerLibraries(CelExtensions.strings(TEXT_FUNCTIONS))
                        .addRuntimeLibraries(CelExtensions.strings(TEXT_FUNCTIONS))
                        .addFunctionDeclarations(TextFunctions.JOIN)
                        .addFunctionBindings(TextFunctions.BINDINGS);
        PolicyInput.getDescriptor()
                .getFields()
                .forEach(field -> builder.addVar(field.getName(), type(field)));
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

    private static CelType type(FieldDescriptor field) {
        return field.getMessageType().equals(Timestamp.getDescriptor())
                ? SimpleType.TIMESTAMP
                : StructTypeReference.create(field.getMessageType().getFullName());
    }
}
