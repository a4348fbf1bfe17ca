package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.nomad.FetchedTool;
import dev.drover.provider.resource.RandomBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code terraform query}, which finds what is there, whoever made it. */
class ProviderQueryTest extends ProviderTest {
    ProviderQueryTest(Path program) {
        super(program);
    }

    /** No other program knows the command. */
    static List<Path> programs() {
        return List.of(FetchedTool.path("terraform"));
    }

    @Test
    void everyNounIsFoundWithItsIdentity() throws Exception {
        Map<String, String> names = Estate.create(gateway);
        StringBuilder lists = new StringBuilder();
        for (String type : RandomBlocks.types()) {
            boolean inProject =
                    names.getOrDefault(type, "").startsWith("projects/")
                            && !type.equals("drover_project");
            lists.append(
                    "list \"%s\" \"all\" {\n  provider = drover\n  include_resource = true\n%s}\n"
                            .formatted(
                                    type,
                                    inProject ? "  config {\n    project = \"shop\"\n  }\n" : ""));
        }
        query(lists.toString());
        String found = cli().succeed("query", "-json");
        names.forEach((type, name) ->
                assertThat(found)
                        .contains(
                                "\"address\":\"list." + type + ".all\"",
                                "\"id\":\"" + name + "\"",
                                "\"name\":\"" + name.substring(name.lastIndexOf('/') + 1) + "\""));
        assertThat(found).contains("\"identity\":{\"name\":\"main\",\"project\":\"shop\"}");
    }

    @Test
    void listIsNarrowedDownByTheFilterAndEndsAtItsLimit() throws Exception {
        for (int i = 0; i < 5; i++) {
            gateway.send(
                    "POST",
                    "/v1/projects?projectId=p" + i,
                    "{\"labels\": {\"team\": \"%s\"}}".formatted(i == 3 ? "web" : "ops"));
        }
        query(
                """
                list "drover_project" "web" {
                  provider = drover
                  config {
                    filter = "labels.team = \\"web\\""
                  }
                }
                list "drover_project" "some" {
                  provider = drover
                  limit    = 2
                }
                """);
        String found = cli().succeed("query");
        assertThat(found.lines().filter(line -> line.startsWith("list.drover_project.web")))
                .singleElement()
                .asString()
                .contains("name=p3", "projects/p3");
        assertThat(found.lines().filter(line -> line.startsWith("list.drover_project.some")))
                .hasSize(2);
    }

    @Test
    void filterThatIsNoneIsToldAtItsLine() throws Exception {
        query(
                """
                list "drover_project" "web" {
                  provider = drover
                  config {
                    filter = "labels.team ="
                  }
                }
                """);
        assertThat(fail("query")).contains("Cannot list projects", "find.tfquery.hcl line 4");
    }

    private void query(String hcl) throws IOException {
        write("provider \"drover\" {}\n");
        Files.writeString(directory.resolve("work/find.tfquery.hcl"), hcl);
    }
}
