package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/cli.md} and the commands say the same. */
class CliPageTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### `(drover [a-z ]+)`$");
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(?:\\$ )?((?:.*[ (])?drover .*)$");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");
    private static final Pattern VARIABLE = Pattern.compile("DROVER_[A-Z_]+");

    private String page = "";

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("..", "docs", "cli.md"));
    }

    @Test
    void everyCommandHasItsSectionAndViceVersa() {
        List<String> commands =
                CommandTreeTest.all().stream()
                        .filter(command -> command.getSubcommands().isEmpty())
                        .map(command -> command.getCommandSpec().qualifiedName())
                        .toList();
        assertThat(HEADING.matcher(page).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(commands);
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsUnderstood() throws IOException {
        read();
        List<String> examples =
                BLOCK.matcher(page)
                        .results()
                        .flatMap(block -> EXAMPLE.matcher(block.group(1)).results())
                        .map(found -> found.group(1))
                        .toList();
        assertThat(examples).hasSizeGreaterThan(20);
        return examples.stream()
                .map(example ->
                        DynamicTest.dynamicTest(example, () -> CommandTreeTest.parses(example)));
    }

    @Test
    void everyVariableAndExitStatusIsThere() {
        String help = Drover.plain("list", "--help").out();
        assertThat(VARIABLE.matcher(help).results().map(found -> found.group()).distinct())
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"));
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("| " + code.status() + " |");
        }
    }
}
