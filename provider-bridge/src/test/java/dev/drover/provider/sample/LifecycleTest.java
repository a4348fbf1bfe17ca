package dev.drover.provider.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Value;
import dev.drover.provider.plugin.DebugServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("programs")
class LifecycleTest {
    private static final String FULL =
            """
            resource "sample_thing" "a" {
              name             = "alpha"
              note             = "first"
              size             = 12345678901234567890123.5
              flag             = false
              tags             = { k = "v" }
              list             = ["one", "two"]
              set              = ["b", "a"]
              any              = { deep = [1, "x", null] }
              timeout          = "10m"
              secret           = "hush"
              password_wo      = "never stored"
              password_version = 1
              one              = { title = "single" }
              stages           = [{ title = "s1" }, { title = "s2" }]
              parts            = [{ title = "p1" }, { title = "p2" }]
              rooms            = { k1 = { title = "r1" } }
            }
            """;

    @TempDir Path directory;

    private final Path program;
    private final Things things = new Things();
    private DebugServer server;
    private Cli cli;

    LifecycleTest(Path program) {
        this.program = program;
    }

    static List<Path> programs() {
        return Cli.programs();
    }

    @BeforeEach
    void serve() throws IOException {
        server =
                DebugServer.start(
                        new SampleProvider(things),
                        SampleProvider.ADDRESS,
                        (level, message, cause) -> {});
        cli = new Cli(program, directory, Map.of(DebugServer.VARIABLE, server.reattach()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void createdThingNeedsNoSecondApply() throws Exception {
        cli.write(FULL);
        cli.succeed("apply", "-auto-approve");
        assertThat(things.get("thing-alpha").get("timeout")).isEqualTo(Value.text("10m"));
        assertThat(things.passwords).containsEntry("thing-alpha", "never stored");

        assertThat(cli.run("plan", "-detailed-exitcode")).extracting(Cli.Result::exit).isEqualTo(0);
        assertThat(cli.succeed("show", "-json"))
                .contains("12345678901234567890123.5")
                .contains("hush")
                .doesNotContain("never stored");
    }
}
