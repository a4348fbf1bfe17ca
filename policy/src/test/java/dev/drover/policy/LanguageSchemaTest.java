package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.PolicyInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What editors are told is what the checker takes. */
class LanguageSchemaTest {

    private static final LanguageSchema SCHEMA = LanguageSchema.current();
    private static final Pattern SIGNATURE =
            Pattern.compile("(?:(.+)\\.)?(\\w+)\\((.*)\\) -> (.*)");

    /** An expression of each type that signatures name. */
    private static final Map<String, String> VALUES = values();

    private static Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("string", "\"1.0.0\"");
        values.put("int", "1");
        values.put("uint", "1u");
        values.put("double", "1.0");
        values.put("bool", "true");
        values.put("bytes", "b\"a\"");
        values.put("timestamp", "now");
        values.put("duration", "release.age");
        values.put("list(string)", "plan.drivers");
        values.put("list(A)", "plan.tasks");
        values.put("map(A, B)", "release.labels");
        values.put("A", "1");
        values.put("dyn", "dyn(1)");
        return values;
    }

    static Stream<Arguments> signatures() {
        return SCHEMA.functions().stream()
                .flatMap(function ->
                        function.signatures().stream()
                                .map(one -> Arguments.of(function.name(), one)));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void everySignatureCanBeCalledAndYieldsWhatItSays(String function, String signature) {
        Matcher parts = SIGNATURE.matcher(signature);
        assertThat(parts.matches()).as(signature).isTrue();
        assertThat(parts.group(2)).isEqualTo(function);

        String call = parts.group(1) == null ? "" : value(parts.group(1)) + ".";
        call += function + "(" + arguments(function, parts.group(3)) + ")";

        assertThat(type(call)).as(call).isEqualTo(parts.group(4));
    }

    private static String arguments(String function, String types) {
        List<String> values = new ArrayList<>();
        for (String type : types.isEmpty() ? new String[0] : types.split(", (?![^(]*\\))")) {
            values.add(value(type));
        }
        // These look at what a literal says.
        switch (function) {
            case "inCidr" -> values.set(0, "\"10.0.0.0/8\"");
            case "localDate", "localTime", "isWeekend" -> values.set(0, "\"UTC\"");
            case "inHours", "inBusinessHours" -> {
                values.set(0, "\"09:00\"");
                values.set(1, "\"17:00\"");
                values.set(2, "\"UTC\"");
            }
            default -> {}
        }
        return String.join(", ", values);
    }

    private static String value(String type) {
        return Objects.requireNonNull(VALUES.get(type), type);
    }

    /** As the type checker prints it in a refusal. */
    private static String type(String expression) {
        String refusal =
                new PolicyLanguage()
                        .compile("[" + expression + "]", ExpressionResult.BOOL)
                        .problems()
                        .getFirst()
                        .message();
        return refusal.replaceAll(".*yields list\\((.*)\\)$", "$1");
    }

    @Test
    void everyFunctionAndMacroHasSignatureAndSentence() {
        assertThat(SCHEMA.functions())
                .extracting(LanguageSchema.Function::name)
                .containsExactlyElementsOf(FunctionNames.FUNCTIONS);
        assertThat(FunctionTexts.BY_NAME.keySet())
                .containsExactlyInAnyOrderElementsOf(FunctionNames.FUNCTIONS);
        assertThat(FunctionTexts.MACROS.keySet())
                .containsExactlyInAnyOrderElementsOf(FunctionNames.MACROS.keySet());
        assertThat(Stream.concat(SCHEMA.functions().stream(), SCHEMA.macros().stream()))
                .allSatisfy(function -> {
                    assertThat(function.signatures()).as(function.name()).isNotEmpty();
                    assertThat(function.text()).endsWith(".").hasSizeLessThan(120);
                });
    }

    @Test
    void everyVariableAndFieldHasTheTypeOfTheChecker() {
        assertThat(SCHEMA.variables())
                .extracting(LanguageSchema.Field::name)
                .containsExactlyElementsOf(
                        PolicyInput.getDescriptor().getFields().stream()
                                .map(FieldDescriptor::getName)
                                .toList());
        assertThat(SCHEMA.variables())
                .allSatisfy(variable -> {
                    assertThat(type(variable.name())).isEqualTo(variable.type());
                    assertThat(SCHEMA.types().getOrDefault(variable.type(), List.of()))
                            .allSatisfy(field ->
                                    assertThat(type(variable.name() + "." + field.name()))
                                            .isEqualTo(field.type()));
                });
        assertThat(SCHEMA.types().keySet())
                .contains("EnvironmentHistory", "OutcomeFacts", "ImageFacts", "PlacementFailure");
        assertThat(SCHEMA.types().values()).allSatisfy(fields -> assertThat(fields).isNotEmpty());
    }
}
