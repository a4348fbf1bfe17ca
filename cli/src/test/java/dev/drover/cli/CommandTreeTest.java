package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Every command tells what it is for, with examples that are true. */
class CommandTreeTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    /** All commands, the groups too, in the order of the help. */
    static List<CommandLine> all() {
        List<CommandLine> found = new ArrayList<>();
        collect(Main.commandLine(), found);
        return found;
    }

    private static void collect(CommandLine command, List<CommandLine> found) {
        for (CommandLine one : command.getSubcommands().values()) {
            found.add(one);
            collect(one, found);
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    @Test
    void commandsOfTheIssueAreThere() {
        assertThat(all())
                .extracting(CommandTreeTest::name)
                .contains("drover gateway", "drover get", "drover list", "drover apply")
                .contains("drover delete", "drover release create", "drover promote")
                .contains("drover explain", "drover approve", "drover reject", "drover cancel")
                .contains("drover rollback", "drover retry", "drover advance", "drover follow")
                .contains("drover pause", "drover resume", "drover abort")
                .contains("drover status", "drover logs", "drover watch", "drover audit list")
                .contains("drover completion");
    }

    @TestFactory
    Stream<DynamicTest> helpHasOneSentenceAndExamples() {
        return all().stream()
                .map(command -> DynamicTest.dynamicTest(name(command), () -> helps(command)));
    }

    private static void helps(CommandLine command) {
        List<String> words = new ArrayList<>(List.of(name(command).split(" ")));
        words.removeFirst();
        words.add("--help");
        Answer help = Drover.plain(words.toArray(String[]::new)).exits(0);
        String sentence = command.getCommandSpec().usageMessage().description()[0];

        assertThat(sentence).endsWith(".").hasSizeLessThanOrEqualTo(100).doesNotContain("\n");
        assertThat(help.out()).contains("Usage: " + name(command), "Examples:");
        assertThat(help.err()).isEmpty();
        // A line that wraps cannot be copied.
        assertThat(help.out().lines()).contains(command.getCommandSpec().usageMessage().footer());
        assertThat(help.out()).contains(command.getCommandSpec().usageMessage().description());
    }

    @TestFactory
    Stream<DynamicTest> examplesAreUnderstood() {
        return all().stream()
                .flatMap(command -> Stream.of(command.getCommandSpec().usageMessage().footer()))
                .distinct()
                .map(example -> DynamicTest.dynamicTest(example, () -> parses(example)));
    }

    // What a shell would hand over, near enough: no example needs more.
    static void parses(String example) {
        String plain =
                example.replaceFirst(" +#.*", "")
                        .replaceAll("\\$\\(git [^)]*\\)", "commit")
                        .replaceAll(".*\\|", "")
                        .replaceAll("^[^=]*=?[$<]\\(|^.*<\\(|\\)$", "")
                        .replaceFirst(" > .*", "")
                        .strip();
        List<String> words =
                WORD.matcher(plain)
                        .results()
                        .map((MatchResult word) ->
                                word.group(1) == null ? word.group(2) : word.group(1))
                        .toList();
        assertThat(words.getFirst()).as(example).isEqualTo("drover");
        Main.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
    }

    @Test
    void outputIsAnOptionOfEveryCommandThatAnswers() {
        assertThat(all())
                .filteredOn(command -> command.getSubcommands().isEmpty())
                .filteredOn(command -> !name(command).equals("drover completion"))
                .allSatisfy(command ->
                        assertThat(command.getCommandSpec().findOption("--output"))
                                .as(name(command))
                                .isNotNull());
    }

    @Test
    void unknownCommandIsAnsweredWithTheNearest() {
        assertThat(Drover.plain("promot", "a/b", "prod").exits(1).err())
                .startsWith("Error: ")
                .contains("promot", "drover promote", "drover --help");
        assertThat(Drover.plain("promote", "a/b", "prod", "--reson", "x").exits(1).err())
                .contains("--reson", "--reason", "drover promote --help");
        assertThat(Drover.plain().exits(1).err()).contains("drover --help");
        assertThat(Drover.plain("list", "projects", "-o", "xml").exits(1).err())
                .contains("'xml'", "text", "json");
        assertThat(Drover.plain("--version").exits(0).line())
                .matches("drover \\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void exitStatusIsToldByTheHelp() {
        assertThat(Drover.plain("--help").exits(0).out())
                .contains("0 done", "1 error", "2 waits", "3 blocked", "4 rejected", "5 failed");
    }
}
