package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds every example of the guides against Terraform, the provider and the gateway. */
class GuideTest extends ProviderTest {
    GuideTest(Path program) {
        super(program);
    }

    /** Each page is a module, so that pages may use the same names; all are applied at once. */
    @Test
    void everyExampleIsAppliedAndLeavesNothingToDo() throws Exception {
        gateway.people(3, "owners", "sre", "directors", "security");
        StringBuilder root = new StringBuilder();
        for (GuidePage page : pages()) {
            writeModule(page.id(), page.configuration());
            root.append(
                    "module \"%s\" {\n  source = \"./%s\"\n}\n".formatted(page.id(), page.id()));
        }
        write(root.toString());
        cli().succeed("get");
        cli().succeed("apply", "-auto-approve");
        assertNothingToDo();
    }

    @Test
    void everyGuideWithExamplesIsHeld() throws Exception {
        assertThat(pages())
                .extracting(GuidePage::id)
                .contains(
                        "lanes",
                        "live-changes",
                        "policy",
                        "readme",
                        "rollback",
                        "strategies",
                        "verification");
    }

    @Test
    void conditionThatDoesNotTypeCheckIsToldByValidateWithItsPlace() throws Exception {
        write(
                """
                resource "drover_verification" "ready" {
                  project = "shop"
                  name    = "ready"
                  http = {
                    url               = "https://web.example/{{relaese}}"
                    success_condition = "status == '200'"
                  }
                }
                """);
        assertThat(fail("validate"))
                .contains(
                        "Invalid verification",
                        "http.success_condition",
                        "line 1, column 8",
                        "did you mean {{release}}?");
    }

    private static List<GuidePage> pages() throws IOException {
        Path root = Repository.root();
        try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
            return Stream.concat(docs, Stream.of(root.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(GuidePage::read)
                    .filter(GuidePage::hasExamples)
                    .collect(Collectors.toList());
        }
    }
}
