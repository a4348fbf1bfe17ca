package dev.drover.provider.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TroubleTest extends ReattachedTest {
    TroubleTest(Path program) {
        super(program);
    }

    @Test
    void wrongNestedValueIsShownWithItsLine() throws Exception {
        cli().write(
                        """
                        resource "sample_thing" "a" {
                          name = "alpha"
                          stages = [
                            { title = "good" },
                            { title = "bad" },
                          ]
                        }
                        """);
        Cli.Result result = cli().run("validate");
        assertThat(result.exit()).isEqualTo(1);
        // Five lines of header come first.
        assertThat(result.output())
                .contains("Bad title", "main.tf line 10", "stages[1].title: \"bad\" is no title");
    }

    @Test
    void refusalIsShownAtItsAttribute() throws Exception {
        Cli.Result result = applyNote("refuse");
        assertThat(result.output())
                .contains("Error: Not allowed", "main.tf line 8", "Choose another note.");
        assertThat(log).isEmpty();
    }

    @Test
    void exceptionInAHandlerBecomesADiagnosticWhoseIdIsInTheLog() throws Exception {
        Cli.Result result = applyNote("explode");
        assertThat(result.output()).containsPattern("Internal error, id \\d+-1");
        assertThat(result.output()).doesNotContain("secret cause", "did not respond", "rpc error");
        assertThat(log)
                .singleElement()
                .asString()
                .contains("-1, in ApplyResourceChange", "the secret cause");
        assertThat(cli().succeed("state", "list")).isEmpty();
    }

    @Test
    void halfCreatedThingIsKeptAsTainted() throws Exception {
        Cli.Result result = applyNote("half");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(cli().succeed("show")).contains("(tainted)", "thing-alpha");
        assertThat(cli().run("plan", "-detailed-exitcode").output())
                .containsPattern("tainted, so (it )?must be replaced");
    }

    @Test
    void thingWithAMalformedStateIsNotLost() throws Exception {
        Cli.Result result = applyNote("malformed");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("Internal error, id");
        assertThat(log).singleElement().asString().contains("size: number is required, not Text");
        assertThat(cli().succeed("show")).contains("(tainted)", "thing-alpha");
    }

    @Test
    void interruptedApplyStoresWhatWasReached() throws Exception {
        cli().write(hcl("slow"));
        Process apply = cli().start("apply", "-auto-approve");
        assertThat(things.slowCreateStarted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(apply.pid())).start().waitFor())
                .isZero();
        assertThat(cli().finish(apply).output()).contains("Interrupt received");
        assertThat(cli().succeed("show")).contains("thing-alpha").doesNotContain("tainted");
    }

    private Cli.Result applyNote(String note) throws Exception {
        cli().write(hcl(note));
        return cli().run("apply", "-auto-approve");
    }

    private static String hcl(String note) {
        return """
        resource "sample_thing" "a" {
          name = "alpha"
          note = "%s"
        }
        """
                .formatted(note);
    }
}
