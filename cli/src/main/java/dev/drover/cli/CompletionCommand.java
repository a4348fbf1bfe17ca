package dev.drover.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that completes commands, options and nouns in bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(drover completion)",
            "  drover completion > /etc/bash_completion.d/drover"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    CommandSpec command;

    @Override
    public Integer call() {
        var out = command.commandLine().getOut();
        out.print(AutoComplete.bash("drover", command.root().commandLine()));
        out.flush();
        return ExitCode.DONE.status();
    }
}
