package dev.drover.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.nomad.FetchedTool;
import dev.drover.provider.resource.RandomBlocks;
import dev.drover.provider.sample.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others have made becomes Terraform's, without a line of HCL and without a change. */
class ProviderImportTest extends ProviderTest {
    ProviderImportTest(Path program) {
        super(program);
    }

    /** Terraform 1.11 knows no identities; 1.14 and OpenTofu do. */
    static List<Path> programs() {
        List<Path> programs = new ArrayList<>(Cli.programs());
        Path newest = FetchedTool.path("terraform");
        if (!programs.contains(newest)) {
            programs.add(newest);
        }
        return programs;
    }

    @Test
    void configurationThatIsGeneratedForEveryNounPlansEmpty() throws Exception {
        Map<String, String> names = Estate.create(gateway);
        assertThat(names).containsOnlyKeys(RandomBlocks.types());
        StringBuilder imports = new StringBuilder();
        names.forEach((type, name) ->
                imports.append("import {\n  to = %s.it\n  id = \"%s\"\n}\n".formatted(type, name)));
        write(imports.toString());
        assertThat(line(cli().succeed("plan", "-generate-config-out=generated.tf")))
                .contains(names.size() + " to import, 0 to add, 0 to change, 0 to destroy");
        cli().succeed("apply", "-auto-approve");
        assertNothingToDo();
    }

    @Test
    void nounsAreImportedByTheirIdentity() throws Exception {
        Estate.create(gateway);
        write(
                """
                import {
                  to       = drover_project.it
                  identity = { name = "shop" }
                }
                import {
                  to       = drover_pipeline.it
                  identity = { project = "shop", name = "main" }
                }
                """);
        if (knowsNoIdentities()) {
            assertThat(fail("plan", "-generate-config-out=generated.tf"))
                    .contains("An argument named \"identity\" is not expected here");
            return;
        }
        cli().succeed("plan", "-generate-config-out=generated.tf");
        cli().succeed("apply", "-auto-approve");
        assertNothingToDo();
        assertThat(state()).contains("\"identity\":{\"name\":\"main\",\"project\":\"shop\"}");

        write(
                """
                resource "drover_project" "other" {
                  name = "other"
                }
                """);
        cli().succeed("state", "rm", "drover_project.it", "drover_pipeline.it");
        Files.delete(directory.resolve("work/generated.tf"));
        cli().succeed("apply", "-auto-approve");
        assertThat(state()).contains("\"identity\":{\"name\":\"other\"}");
        assertNothingToDo();
    }

    @Test
    void identityOfNothingIsNoImport() throws Exception {
        write(
                """
                import {
                  to       = drover_project.it
                  identity = { name = "nowhere" }
                }
                resource "drover_project" "it" {
                  name = "nowhere"
                }
                """);
        assertThat(fail("plan"))
                .contains(
                        knowsNoIdentities()
                                ? "An argument named \"identity\" is not expected here"
                                : "Cannot import non-existent remote object");
    }

    private String state() throws Exception {
        return cli().succeed("state", "pull").replaceAll("\\s+", "");
    }

    private boolean knowsNoIdentities() throws Exception {
        return cli().succeed("version").contains("Terraform v1.11");
    }
}
