package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that a newcomer reads, told by the packaged programs on a real Nomad and Terraform. */
class QuickstartTest {
    /** Tools may have to be built first, which takes minutes each. */
    private static final Duration PATIENCE = Duration.ofMinutes(25);

    private static final int TERMINATED = 143;

    @TempDir private Path directory;

    @Test
    void wholeStoryHappensAndLeavesNothingBehind() throws IOException, InterruptedException {
        Path work = directory.resolve("work");
        Process quickstart = start("--exit", "--no-build", "--keep", work.toString());
        assertThat(ended(quickstart)).as(told()).isTrue();
        assertThat(quickstart.exitValue()).as(told()).isZero();
        assertThat(told())
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
        assertNothingIsLeftOf(work);
    }

    @Test
    void storyThatIsBrokenOffLeavesNothingBehind() throws IOException, InterruptedException {
        Path work = directory.resolve("work");
        Process quickstart = start("--no-build", "--keep", work.toString());
        await().atMost(PATIENCE).until(() -> !quickstart.isAlive() || told().contains("RUNNING"));
        quickstart.destroy();
        assertThat(ended(quickstart)).as(told()).isTrue();
        assertThat(quickstart.exitValue()).as(told()).isEqualTo(TERMINATED);
        assertNothingIsLeftOf(work);
    }

    @Test
    void helpTellsEveryOption() throws IOException, InterruptedException {
        Process help = start("--help");
        assertThat(ended(help)).isTrue();
        assertThat(help.exitValue()).isZero();
        assertThat(told())
                .contains("--exit", "--keep DIR", "--terraform PATH", "--nomad PATH", "--no-build");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Repository.root().resolve("quickstart").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("told.txt").toFile())
                .start();
    }

    private String told() throws IOException {
        return Files.readString(directory.resolve("told.txt"));
    }

    private static boolean ended(Process process) throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroy();
        }
        return ended;
    }

    private static void assertNothingIsLeftOf(Path work) throws IOException {
        assertThat(
                        ProcessHandle.allProcesses()
                                .map(process -> process.info().commandLine().orElse(""))
                                .filter(command -> command.contains(work.toString())))
                .isEmpty();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(work.toString());
    }
}
