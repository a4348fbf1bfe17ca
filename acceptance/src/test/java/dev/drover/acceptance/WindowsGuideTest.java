package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/windows.md against Terraform, the provider and the gateway. */
class WindowsGuideTest extends ProviderTest {
    private static final Pattern EXAMPLE = Pattern.compile("```hcl\n(.*?)\n```", Pattern.DOTALL);

    WindowsGuideTest(Path program) {
        super(program);
    }

    private static String examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Repository.root().resolve("docs/windows.md")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void everyExampleIsAppliedAndLeavesNothingToDo() throws Exception {
        String all = examples();
        assertThat(all).contains("drover_calendar", "drover_policy");
        apply(all);
        assertNothingToDo();
    }

    @Test
    void recurrenceWithAMistakeIsToldByValidateWithItsPlace() throws Exception {
        write(
                """
                resource "drover_calendar" "holidays" {
                  name = "holidays"
                  zone = "Europe/Berln"
                  windows = [
                    { start = "2026-12-24", rrule = "FREQ=YEARLY;BYDAY=MO,TUE" },
                  ]
                }
                """);
        assertThat(fail("validate"))
                .contains(
                        "Invalid calendar",
                        "windows[0].rrule",
                        "line 1, column 22",
                        "did you mean \"Europe/Berlin\"?");
    }
}
