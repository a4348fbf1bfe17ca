package dev.drover.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drover.v1.ExpressionResult;
import dev.drover.v1.JobPlan;
import dev.drover.v1.PolicyInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds docs/policy.md against the language. */
class PolicyGuideTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("```cel( message)?\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| (?:`(\\w+)`)? ?\\| (?:`(\\w+)`)? ?\\| ([^|]+) \\|.*\\|$",
                    Pattern.MULTILINE);
    private static final Pattern HISTORY_ROW =
            Pattern.compile("^\\| `(\\w+)` \\| ([^`|]+) \\|", Pattern.MULTILINE);

    static Stream<Arguments> examples() throws IOException {
        return EXAMPLE.matcher(guide())
                .results()
                .map(match -> Arguments.of(match.group(2), match.group(1) != null));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleCompilesAndEvaluates(String expression, boolean message) {
        ExpressionResult result = message ? ExpressionResult.STRING : ExpressionResult.BOOL;
        Compilation compilation = new PolicyLanguage().compile(expression, result);

        assertThat(compilation.problems()).isEmpty();
        assertThat(compilation.compiled().orElseThrow().evaluate(Inputs.shopToProd()))
                .isInstanceOf(message ? Outcome.Text.class : Outcome.Truth.class);
    }

    @Test
    void guideHasAtLeastEightExamples() throws IOException {
        assertThat(examples()).hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void tableHasEveryVariableAndFieldWithItsType() throws IOException {
        List<String> told = new ArrayList<>();
        String variable = "";
        Matcher rows = ROW.matcher(section("Variables"));
        while (rows.find()) {
            variable = rows.group(1) == null ? variable : rows.group(1);
            told.add(
                    variable
                            + "."
                            + (rows.group(2) == null ? "" : rows.group(2))
                            + ": "
                            + rows.group(3));
        }

        assertThat(told).containsExactlyElementsOf(declared());
    }

    private static List<String> declared() {
        List<String> declared = new ArrayList<>();
        for (FieldDescriptor variable : PolicyInput.getDescriptor().getFields()) {
            if (variable.getName().equals("now")) {
                declared.add("now.: timestamp");
                continue;
            }
            for (FieldDescriptor field : variable.getMessageType().getFields()) {
                declared.add(
                        variable.getName()
                                + "."
                                + field.getName()
                                + ": "
                                + type(variable.getName() + "." + field.getName()));
            }
        }
        return declared;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ImageFacts",
                "TaskFacts",
                "OutcomeFacts",
                "ResourceFacts",
                "PlacementFailure"
            })
    void fieldsOfNestedMessagesAreTold(String type) throws IOException {
        List<String> names =
                message(type).getFields().stream()
                        .map(field -> "`" + field.getName() + "`")
                        .toList();

        assertThat(section("Variables").lines().filter(line -> line.contains(type)))
                .anySatisfy(row -> assertThat(row).contains(names));
    }

    @Test
    void historyOfAnEnvironmentIsToldWithItsTypes() throws IOException {
        assertThat(
                        HISTORY_ROW
                                .matcher(section("Variables"))
                                .results()
                                .map(row -> row.group(1) + ": " + row.group(2)))
                .containsExactlyElementsOf(
                        message("EnvironmentHistory").getFields().stream()
                                .map(field ->
                                        field.getName()
                                                + ": "
                                                + type(
                                                        "history.environments[\"a\"]."
                                                                + field.getName()))
                                .toList());
    }

    private static Descriptor message(String name) {
        return Stream.of(PolicyInput.getDescriptor(), JobPlan.getDescriptor())
                .flatMap(message -> message.getFile().getMessageTypes().stream())
                .filter(message -> message.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyFunctionIsTold() throws IOException {
        String functions = section("Functions");

        assertThat(FunctionNames.FUNCTIONS)
                .allSatisfy(name ->
                        assertThat(functions).containsPattern("`([a-z.]+\\.)?" + name + "[`(]"));
        assertThat(FunctionNames.MACROS.values())
                .allSatisfy(usage -> assertThat(functions).contains("`" + usage + "`"));
    }

    @Test
    void limitsAreThoseOfTheCode() throws IOException {
        assertThat(
                        section("Limits")
                                .lines()
                                .filter(line -> line.matches(".*\\| \\d+.*"))
                                .map(line -> line.replaceAll("\\D", "")))
                .containsExactly(
                        "" + Limits.EXPRESSION_SIZE,
                        "" + Limits.NESTING,
                        "" + Limits.PATTERN_SIZE,
                        "" + Limits.PATTERN_PROGRAM,
                        "" + Limits.WORK,
                        "" + Limits.TEXT_SIZE,
                        "" + Limits.ELEMENTS);
    }

    private static String section(String title) throws IOException {
        String[] parts = guide().split("\n## " + title + "\n", 2);
        return parts[1].split("\n## ", 2)[0];
    }

    private static String guide() throws IOException {
        return Files.readString(Path.of("..", "docs", "policy.md"));
    }
}
