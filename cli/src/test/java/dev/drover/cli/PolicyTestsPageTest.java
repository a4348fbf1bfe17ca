package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.v1.PolicyTestExpectation;
import dev.drover.v1.PolicyTestGiven;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what {@code docs/policy-tests.md} shows. */
class PolicyTestsPageTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:yaml)?\\n(.*?)^```$");
    private static final Pattern FIELD = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void examplePassesAndSaysWhatThePageSays(@TempDir Path directory) throws IOException {
        List<String> blocks = BLOCK.matcher(page()).results().map(block -> block.group(1)).toList();
        Files.writeString(directory.resolve("policies.yaml"), blocks.get(0));
        Files.writeString(directory.resolve("prod.test.yaml"), blocks.get(1));

        Answer answer = Drover.plain("policy", "test", directory.toString()).exits(0);

        assertThat(answer.out().replace(directory.toString(), "."))
                .isEqualTo(blocks.get(2).replaceFirst(".*\n", ""));
    }

    @Test
    void everyFieldIsTold() throws IOException {
        assertThat(FIELD.matcher(page()).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrder(
                        java.util.stream.Stream.of(
                                        PolicyTestGiven.getDescriptor(),
                                        PolicyTestExpectation.getDescriptor())
                                .flatMap(message -> message.getFields().stream())
                                .map(field -> field.getName())
                                .toArray(String[]::new));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "policy-tests.md"));
    }
}
