package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script in a real bash. */
class CompletionTest {
    @TempDir Path directory;
    private Path script;

    @BeforeEach
    void write() throws IOException {
        script =
                Files.writeString(
                        directory.resolve("drover.bash"),
                        Drover.plain("completion").exits(0).out());
    }

    private String bash(String... words) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("bash"));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said;
    }

    private List<String> complete(String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String said =
                bash(
                        "-c",
                        """
                        source %s
                        function=$(complete -p drover | sed 's/.*-F \\([^ ]*\\).*/\\1/')
                        COMP_WORDS=(%s) COMP_CWORD=%d COMP_LINE='%s' COMP_POINT=%d
                        [ "${COMP_WORDS[COMP_CWORD]+x}" ] || COMP_WORDS+=('')
                        $function 2> /dev/null # compopt works at a prompt only
                        printf '%%s\\n' "${COMPREPLY[@]}"
                        """
                                .formatted(script, line, words.length - 1, line, line.length()));
        return said.lines().map(String::strip).toList();
    }

    @Test
    void bashUnderstandsTheScript() throws Exception {
        assertThat(bash("-n", script.toString())).isEmpty();
    }

    @Test
    void commandsOptionsAndNounsAreCompleted() throws Exception {
        assertThat(complete("drover", "prom")).containsExactly("promote");
        assertThat(complete("drover", "re"))
                .containsExactlyInAnyOrder("release", "reject", "restart", "resume", "retry");
        assertThat(complete("drover", "promote", "--det")).containsExactly("--detach");
        assertThat(complete("drover", "get", "env")).containsExactly("environment");
        assertThat(complete("drover", "list", "ser")).containsExactly("serviceAccounts");
        assertThat(complete("drover", "apply", "rel")).containsExactly("");
    }
}
