package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that a newcomer reads, told by the packaged programs on a real Nomad and Terraform. */
class QuickstartTest {
    /** Tools may have to be built first, which takes minutes each. */
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    @TempDir private Path directory;

    @Test
    void wholeStoryHappensAndLeavesNothingBehind() throws IOException, InterruptedException {
        Path told = directory.resolve("told.txt");
        Path work = directory.resolve("work");
        Process quickstart =
                new ProcessBuilder(
                                Repository.root().resolve("quickstart").toString(),
                                "--exit",
                                "--no-build",
                                "--keep",
                                work.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
        boolean ended = quickstart.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            quickstart.destroy();
        }
        String story = Files.readString(told);

        assertThat(ended).as(story).isTrue();
        assertThat(quickstart.exitValue()).as(story).isZero();
        assertThat(story)
                .containsSubsequence(
                        "the second plan is empty",
                        "succeeded: storefront/1.0.0 runs in staging",
                        "pipeline/stage-order",
                        "SELF_APPROVAL_FORBIDDEN",
                        "succeeded: storefront/1.0.0 runs in prod",
                        "rolled back:",
                        "exactly one registration",
                        "Intact:",
                        "All of it happened");
        assertThat(leftRunning(work)).isEmpty();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(work.toString());
    }

    private static java.util.List<String> leftRunning(Path work) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(work.toString()))
                .toList();
    }

    @Test
    void helpTellsEveryOption() throws IOException, InterruptedException {
        Path told = directory.resolve("help.txt");
        Process help =
                new ProcessBuilder(Repository.root().resolve("quickstart").toString(), "--help")
                        .redirectErrorStream(true)
                        .redirectOutput(told.toFile())
                        .start();
        assertThat(help.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(help.exitValue()).isZero();
        assertThat(Files.readString(told))
                .contains("--exit", "--keep DIR", "--terraform PATH", "--nomad PATH", "--no-build");
    }
}
