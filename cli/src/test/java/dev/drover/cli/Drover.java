package dev.drover.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * The command as somebody runs it, in this process; with the flags that all calls of theirs have.
 */
final class Drover {
    private final List<String> flags;

    private Drover(List<String> flags) {
        this.flags = flags;
    }

    static Drover with(String... flags) {
        return new Drover(List.of(flags));
    }

    /** Runs a command with these flags and no others. */
    static Answer plain(String... words) {
        return with().run(words);
    }

    Drover and(String... more) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new Drover(all);
    }

    Answer run(String... words) {
        return run(false, words);
    }

    /** As somebody does who looks at it. */
    Answer onTerminal(String... words) {
        return run(true, words);
    }

    private Answer run(boolean terminal, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(flags);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Main.commandLine(terminal)
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int exit = line.execute(all.toArray(String[]::new));
        return new Answer(exit, out.toString(), err.toString());
    }

    /** Runs a command that reads standard input. */
    Answer reading(String input, String... words) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(words);
        } finally {
            System.setIn(before);
        }
    }
}
